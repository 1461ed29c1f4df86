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
    from pan.explaining.explain import (  # imports torch, for which the window does not wait
        Explanation,
        LayerExplanation,
    )


@dataclass(frozen=True, eq=False)
class LayerReading:
    """One attended layer, with the numbers the window tells.

    Attributes:
        name: `att1` to `att4`.
        kind: `sigmoid`, `softmax` or `probability`.
        cells: α at its own resolution.
        own: The same at the image's pixels.
        accumulated: The product of all maps up to this layer.
        bits: Entropy of α over its cells.
        answer: The answer after this layer, None if it gives none.
        probability: That answer's probability.
        explained: What it was read from.
        region: The queried object's pixels; None where they are not known.
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
        """How `own` lies on the queried object; None where the object is not known."""
        return _on_object(self.own, self.region)

    @cached_property
    def accumulated_on_object(self) -> OnObject | None:
        """How `accumulated` lies on it."""
        return _on_object(self.accumulated, self.region)

    @cached_property
    def before(self) -> Float[np.ndarray, "S S"]:
        """Magnitude of the features before attention, spread over what their cells see (Fig. 7b)."""
        return spread(self.explained.features, self.explained.field, len(self.own))

    @cached_property
    def after(self) -> Float[np.ndarray, "S S"]:
        """The same after attention (Fig. 7c); of a hard last layer, which attends no map, the attention itself."""
        return spread(self.explained.attended, self.explained.field, len(self.own))


@dataclass(frozen=True, eq=False)
class Reading:
    """One network's answer, with the numbers the window tells.

    Attributes:
        explanation: What it was read from.
        layers: The attended layers, lowest first.
        truths: The right answers; empty if they are not known.
        rank: Place of the most probable right answer among the answers, 1 for the first.
        untouched: What the network says without surgery; None where there is none.
    """

    explanation: Explanation
    layers: tuple[LayerReading, ...]
    truths: tuple[str, ...]
    rank: int | None
    untouched: Explanation | None = None

    @property
    def answer(self) -> str:
        """The network's answer."""
        return self.explanation.answer

    @property
    def right(self) -> bool | None:
        """Whether that is right; None if it is not known."""
        return self.answer in self.truths if self.truths else None

    @property
    def probability(self) -> float:
        """Its probability."""
        return float(self.explanation.probabilities.max())

    def layer(self, name: str) -> LayerReading | None:
        """The layer of that name, None where the network does not attend."""
        return next((layer for layer in self.layers if layer.name == name), None)


@dataclass(frozen=True, eq=False)
class Pane:
    """What one network has to say: a reading, or why there is none; and the words it may be asked."""

    model: str
    reading: Reading | None
    error: str = ""
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Answers:
    """What the window shows: a picture, a query, and the networks' answers as far as they are there.

    Attributes:
        picture: The image.
        query: The question.
        panes: The answers; a network without a pane is still being asked.
        milliseconds: How long the networks took, loading excluded.
        device: Where they ran, in words.
    """

    picture: Picture
    query: str
    panes: tuple[Pane, ...] = ()
    milliseconds: float = 0.0
    device: str = ""

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """What the networks explained, in the order of their panes."""
        return tuple(pane.reading.explanation for pane in self.panes if pane.reading)

    @property
    def truth(self) -> str | None:
        """The right answer, None if it is not known."""
        truth = self.picture.truths.get(self.query)
        return truth.answer if truth else None

    @property
    def layers(self) -> tuple[str, ...]:
        """The input and every layer at which a network attends or turns, lowest first; empty without answers."""
        names = {layer.name for each in self.explanations for layer in each.layers}
        names |= {view.name for each in self.explanations for view in each.views}
        return (INPUT, *sorted(names, key=lambda name: (len(name), name))) if self.explanations else ()

    @property
    def queries(self) -> tuple[str, ...]:
        """The words of the picture's set, or else of the first network; empty if neither is known."""
        return self.picture.queries or next((pane.queries for pane in self.panes if pane.queries), ())

    def pane(self, model: str) -> Pane | None:
        """The pane of a model, None while it is being asked."""
        return next((pane for pane in self.panes if pane.model == model), None)


def _on_object(attention: Float[np.ndarray, "S S"], region: Bool[np.ndarray, "S S"] | None) -> OnObject | None:
    """Taken when it is looked at: under a moving hand most layers are not."""
    from pan.evaluation.on_object import on_object  # torch is there where something was answered

    return on_object(attention, region)
