"""The one value all networks return, and what it says of each layer.

Dimensions, here and in all files beside this one: B images, Q questions of each, C channels, H × W cells of a feature
map, D query words, K answers. Feature maps are `B P C H W` with P = Q where they depend on the question and P = 1
where they do not, so that what the questions of an image share is computed once.
"""

from __future__ import annotations

from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor

from pan.models.geometry import ReceptiveField
from pan.models.labels import CellReading


class Layer(NamedTuple):
    """What one attended layer saw and did.

    Attributes:
        pool: Number of the stage it stands on, which ends with a pooling; the layer is called `att{pool}`.
        field: Where its cells lie in the image and what they see of it.
        attention: α, sigmoid for a gate, softmax over the cells for a last layer.
        features: f, the map before attention.
        attended: The map after attention (Eq. 1); None for a hard last layer, which has no such map.
        log_probabilities: The layer's own answers, None if it gives none.
        log_complements: Log of the probability that a word is not right, where several may be (`LogProbabilities`).
        cells: What the layer's classifier reads in each cell alone, with a gradient for the classifier and none for
            the features; None where the layer has no classifier, and unless the network is in training.
        reach: Cells in each direction that the attention at a cell sees beyond its own (δ of Eq. 5).
    """

    pool: int
    field: ReceptiveField
    attention: Float[Tensor, "B Q H W"]
    features: Float[Tensor, "B P C H W"]
    attended: Float[Tensor, "B Q C H W"] | None
    log_probabilities: Float[Tensor, "B Q K"] | None
    log_complements: Float[Tensor, "B Q K"] | None = None
    cells: CellReading | None = None
    reach: int = 0

    @property
    def context(self) -> ReceptiveField:
        """What the attention at a cell sees of the image."""
        return self.field.with_context(self.reach)


class View(NamedTuple):
    """What a spatial transformer turned to.

    Attributes:
        pool: Number of the pooling layer it stands on.
        transform: From places in the view to places in the image, both from −1 to 1; earlier transforms included.
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
