"""The output of all networks, with one record per attended layer.

Dimensions, here and in all files beside this one: B images, Q questions of each, C channels, H × W cells of a feature
map, D query words, K answers. Feature maps are `B P C H W` with P = Q if they depend on the question and P = 1
if they do not, so that shared features of an image are computed once.
"""

from __future__ import annotations

from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor

from pan.models.geometry import ReceptiveField
from pan.models.labels import CellReading


class Layer(NamedTuple):
    """The output of one attended layer.

    Attributes:
        pool: Number of the stage below it, which ends with a pooling; the layer's name is `att{pool}`.
        field: Position and receptive field of its cells in the image.
        attention: α, sigmoid for a gate, softmax over the cells for a last layer.
        features: f, the map before attention.
        log_probabilities: The layer's own answers, None if it gives none.
        log_complements: Log of the probability that a word is not right, where several may be (`LogProbabilities`).
        cells: Output of the layer's classifier on each single cell, with a gradient for the classifier and none for
            the features; None without a classifier and outside training mode.
        reach: Radius in cells of the attention's local context (δ of Eq. 5).
        hard: Whether it is a hard last layer, whose α are probabilities of cells: no features are multiplied by them.
    """

    pool: int
    field: ReceptiveField
    attention: Float[Tensor, "B Q H W"]
    features: Float[Tensor, "B P C H W"]
    log_probabilities: Float[Tensor, "B Q K"] | None
    log_complements: Float[Tensor, "B Q K"] | None = None
    cells: CellReading | None = None
    reach: int = 0
    hard: bool = False

    @property
    def context(self) -> ReceptiveField:
        """The receptive field of the attention at a cell."""
        return self.field.with_context(self.reach)


class View(NamedTuple):
    """The view of a spatial transformer.

    Attributes:
        pool: Number of the pooling layer below it.
        transform: Maps view to image coordinates, both from −1 to 1; it includes earlier transforms.
        log_probabilities: The answers of its localisation network, None if it gives none.
        log_complements: As of a layer.
    """

    pool: int
    transform: Float[Tensor, "B Q 2 3"]
    log_probabilities: Float[Tensor, "B Q K"] | None
    log_complements: Float[Tensor, "B Q K"] | None = None


class Output(NamedTuple):
    """What every network returns.

    Attributes:
        log_probabilities: The answers of the network.
        layers: Its attended layers, lowest first; none in a network of spatial transformers.
        log_complements: Log of the probability that a word is not right, where several may be (`LogProbabilities`).
        views: The views of its spatial transformers, lowest first.
    """

    log_probabilities: Float[Tensor, "B Q K"]
    layers: tuple[Layer, ...]
    log_complements: Float[Tensor, "B Q K"] | None = None
    views: tuple[View, ...] = ()
