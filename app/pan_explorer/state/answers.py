"""The networks' answers to one question, with the metrics that the window shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float

from pan.models.geometry import spread
from pan_explorer.pictures.picture import Picture
from pan_explorer.values.view import INPUT

if TYPE_CHECKING:
    from pan.evaluation.on_object import OnObject
    from pan.explaining.explain import (  # imports torch, which is slow; the window is shown before
        Explanation,
        LayerExplanation,
    )


@dataclass(frozen=True, eq=False)
class LayerReading:
    """One attended layer, with the numbers that the window shows.

    Attributes:
        name: `att1` to `att4`.
        kind: `sigmoid`, `softmax` or `probability`.
        cells: α at its own resolution.
        own: α resampled to the image's pixels.
        accumulated: The product of all maps up to this layer.
        bits: Entropy of α over its cells.
        answer: The layer's own answer; None if it has no classifier.
        probability: That answer's probability.
        explained: The explanation of the layer.
        region: The queried object's mask; None if unknown.
    """

    name: str
    kind: str
    cells: Float[np.ndarray, "h w"]
    own: Float[np.ndarray, "S S"]
    accumulated: Float[np.ndarray, "S S"]
    bits: float
    answer: str | None
    probability: float | None
    explained: LayerExplanation
    region: Bool[np.ndarray, "S S"] | None

    @cached_property
    def on_object(self) -> OnObject | None:
        """The share and precision of `own` on the queried object; None if its mask is unknown."""
        return _on_object(self.own, self.region)

    @cached_property
    def accumulated_on_object(self) -> OnObject | None:
        """The same of `accumulated`."""
        return _on_object(self.accumulated, self.region)

    @cached_property
    def before(self) -> Float[np.ndarray, "S S"]:
        """Magnitude of the features before attention, spread over the cells' receptive fields (Fig. 7b)."""
        return spread(self.explained.features, self.explained.field, len(self.own))

    @cached_property
    def after(self) -> Float[np.ndarray, "S S"]:
        """The same after attention (Fig. 7c); for a hard last layer, without an attended map, its attention."""
        return spread(self.explained.attended, self.explained.field, len(self.own))


@dataclass(frozen=True, eq=False)
class Reading:
    """One network's answer, with the numbers that the window shows.

    Attributes:
        explanation: The network's explanation.
        layers: The attended layers, lowest first.
        truths: The right answers; empty if unknown.
        rank: Rank of the most probable right answer, 1 for the first.
        unchanged: The explanation without surgery; None if there is no surgery.
    """

    explanation: Explanation
    layers: tuple[LayerReading, ...]
    truths: tuple[str, ...]
    rank: int | None
    unchanged: Explanation | None = None

    @property
    def answer(self) -> str:
        """The network's answer."""
        return self.explanation.answer

    @property
    def right(self) -> bool | None:
        """Whether the answer is right; None if unknown."""
        return self.answer in self.truths if self.truths else None

    @property
    def probability(self) -> float:
        """The answer's probability."""
        return float(self.explanation.probabilities.max())

    def layer(self, name: str) -> LayerReading | None:
        """The layer of that name; None if the network has no attention there."""
        return next((layer for layer in self.layers if layer.name == name), None)


@dataclass(frozen=True, eq=False)
class Pane:
    """The content of one pane: a network's reading or an error, and the network's queries."""

    model: str
    reading: Reading | None
    error: str = ""
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Answers:
    """A picture, a query, and the networks' answers so far.

    Attributes:
        picture: The image.
        query: The query.
        panes: The answers; a network without a pane is still being asked.
        milliseconds: Time of the networks, without loading.
        device: Their device, in words.
    """

    picture: Picture
    query: str
    panes: tuple[Pane, ...] = ()
    milliseconds: float = 0.0
    device: str = ""

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """The networks' explanations, in the order of their panes."""
        return tuple(pane.reading.explanation for pane in self.panes if pane.reading)

    @property
    def truth(self) -> str | None:
        """The right answer; None if unknown."""
        truth = self.picture.truths.get(self.query)
        return next(iter(truth.answers), None) if truth else None

    @property
    def layers(self) -> tuple[str, ...]:
        """The input and every layer with attention or a spatial transformer, lowest first; empty without answers."""
        names = {layer.name for each in self.explanations for layer in each.layers}
        names |= {view.name for each in self.explanations for view in each.views}
        return (INPUT, *sorted(names, key=lambda name: (len(name), name))) if self.explanations else ()

    @property
    def queries(self) -> tuple[str, ...]:
        """The queries of the picture's set, or else of the first network; empty if neither is known."""
        return self.picture.queries or next((pane.queries for pane in self.panes if pane.queries), ())

    def pane(self, model: str) -> Pane | None:
        """The pane of a model; None until it has answered."""
        return next((pane for pane in self.panes if pane.model == model), None)


def _on_object(attention: Float[np.ndarray, "S S"], region: Bool[np.ndarray, "S S"] | None) -> OnObject | None:
    """Compute on access: during a drag most layers are not shown."""
    from pan.evaluation.on_object import on_object  # torch is imported already once there is an answer

    return on_object(attention, region)
