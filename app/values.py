"""The frozen values of which the window's state is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np
from jaxtyping import Bool, Float
from PIL import Image

from app.marks import Segments, outline, rectangle
from pan.data.images import Fitted
from pan.receptive_field import spread

if TYPE_CHECKING:
    from pan.explain import Explanation, LayerExplanation  # imports torch, for which the window does not wait

INPUT = "input"
LAYERS = (INPUT, "att1", "att2", "att3", "att4")
"""The steps of the layer stepper until networks have answered; a layer keeps the number of its pool."""

Page = Literal["explore", "compose", "paper"]
PAGES: tuple[Page, ...] = get_args(Page)
"""What the centre of the window is for: comparing networks, composing a scene, the paper's tables."""

View = Literal["panes", "layers", "queries", "swipe", "flicker"]
VIEWS: tuple[View, ...] = get_args(View)
"""How networks are compared: side by side, all layers, all queries, two over one another, two in turns."""

Quantity = Literal["attention", "before", "after"]
Show = Literal["faded", "heat", "cells"]
Scale = Literal["map", "model", "shared"]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)
SHOWS: tuple[Show, ...] = get_args(Show)
SCALES: tuple[Scale, ...] = get_args(Scale)


class Box(NamedTuple):
    """A rectangle, as shares of the side of the image the networks see."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Truth:
    """What is known of one query.

    Attributes:
        answer: The right answer, or the first of several.
        mask: The queried object's pixels, None if they are not known.
        also: The other right answers.
        boxes: Where the queried objects are, if it is known by boxes.
    """

    answer: str
    mask: Bool[np.ndarray, "S S"] | None
    also: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """All right answers."""
        return self.answer, *self.also

    @cached_property
    def outline(self) -> Segments | None:
        """The edge of the queried object, or its boxes; None if neither is known."""
        if self.mask is not None:
            return outline(self.mask)
        boxes = [rectangle(box.left, box.top, box.left + box.width, box.top + box.height) for box in self.boxes]
        return np.concatenate(boxes) if boxes else None

    def region(self, size: int) -> Bool[np.ndarray, "size size"] | None:
        """The queried object in an image of that size, by its mask or else its boxes; None if it is not known."""
        places = (np.arange(size) + 0.5) / size
        if self.mask is not None:
            nearest = (places * len(self.mask)).astype(np.intp)
            return self.mask[np.ix_(nearest, nearest)]
        if not self.boxes:
            return None
        region = np.zeros((size, size), bool)
        for left, top, width, height in self.boxes:
            rows, columns = (places >= top) & (places < top + height), (places >= left) & (places < left + width)
            region |= rows[:, None] & columns
        return region


@dataclass(frozen=True, eq=False)
class Picture:
    """An image as the networks see it.

    Attributes:
        name: What the user calls it.
        path: Its file, None if it was pasted.
        fitted: The image at the networks' size.
        truths: What is known, by query; empty for an image of which nothing is known.
        complete: Whether every object of the image is among the truths.
        queries: The words its set asks; empty for an image of no set.
        source: The image itself if it has no file.
    """

    name: str
    path: Path | None
    fitted: Fitted
    truths: Mapping[str, Truth]
    complete: bool = False
    queries: tuple[str, ...] = ()
    source: Image.Image | None = None

    @property
    def fault(self) -> str:
        """Why the image cannot be shown, empty if it can."""
        return ""

    def lacks(self, query: str) -> bool:
        """Whether the queried object is known not to be there."""
        return self.complete and query not in self.truths


@dataclass(frozen=True)
class Model:
    """A checkpoint chosen for comparison.

    Attributes:
        name: As `pan.checkpoint.load_checkpoint` takes it.
        title: What it is called in the window.
        colour: Its colour everywhere.
        shown: Whether it has a pane.
    """

    name: str
    title: str
    colour: str
    shown: bool = True


@dataclass(frozen=True)
class Display:
    """What is shown of a layer, and how.

    Attributes:
        quantity: Attention, or the magnitude of the features before or after it.
        show: The image faded by that map, a heat map on the image, or the map's own cells.
        accumulated: The product of all attention up to the layer instead of the layer's own.
        colour_map: Of the heat map and of the cells.
        scale: Which maps share the largest value.
        faded_opacity: How dark unattended places become, 0 to 1.
        heat_opacity: How far the heat map covers the image, 0 to 1.
        field: Whether what the cell under the pointer sees is drawn.
        outline: Whether the queried object is outlined where it is known.
    """

    quantity: Quantity = "attention"
    show: Show = "faded"
    accumulated: bool = True
    colour_map: str = "inferno"
    scale: Scale = "map"
    faded_opacity: float = 0.9
    heat_opacity: float = 0.65
    field: bool = True
    outline: bool = False

    @property
    def opacity(self) -> float:
        """The opacity of what is shown."""
        return self.faded_opacity if self.show == "faded" else self.heat_opacity

    def with_opacity(self, opacity: float) -> Display:
        """The same with another opacity for what is shown."""
        if self.show == "faded":
            return replace(self, faded_opacity=opacity)
        return replace(self, heat_opacity=opacity)


@dataclass(frozen=True, eq=False)
class LayerReading:
    """One attended layer, with the numbers the window tells.

    Attributes:
        name: `att1` to `att4`.
        kind: `sigmoid`, `softmax` or `probability`.
        cells: α at its own resolution.
        own: The same, resized to the image.
        accumulated: The product of all maps up to this layer.
        tpr: Share of `own` on the queried object; None where the object is not known.
        accumulated_tpr: Share of `accumulated` on it.
        bits: Entropy of α over its cells.
        answer: The answer after this layer, None if it gives none.
        probability: That answer's probability.
        explained: What it was read from.
    """

    name: str
    kind: str
    cells: Float[np.ndarray, "h w"]
    own: Float[np.ndarray, "S S"]
    accumulated: Float[np.ndarray, "S S"]
    tpr: float | None
    accumulated_tpr: float | None
    bits: float
    answer: str | None
    probability: float | None
    explained: LayerExplanation

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


class Viewport(NamedTuple):
    """The part of the image that is shown, as shares of its side: a square about a centre."""

    x: float = 0.5
    y: float = 0.5
    side: float = 1.0


WHOLE = Viewport()


class Pointer(NamedTuple):
    """The pixel under the pointer, of the largest image that a shown network saw."""

    x: int
    y: int
