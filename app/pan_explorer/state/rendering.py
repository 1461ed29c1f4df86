"""The rendering of answers: the chosen maps, their colour scale, and the overlays and marks on the image."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, UInt8

from pan.models.geometry import ReceptiveField, tile
from pan_explorer.state.answers import Answers, LayerReading, Reading
from pan_explorer.state.window import State
from pan_explorer.values.colour_tables import colour_table
from pan_explorer.values.display import Display
from pan_explorer.values.marks import Mark, inside, polygon, rectangle
from pan_explorer.values.view import INPUT, LAYERS, Pointer

if TYPE_CHECKING:  # these import torch, which is slow; the window is shown before
    from pan.evaluation.on_object import OnObject
    from pan.explaining.explain import ViewExplanation

SEEN_THROUGH = 0.75
"""The largest opacity while attention is painted, so that the image stays visible below dark cells."""

Map = Float[np.ndarray, "h w"]
RGBA = UInt8[np.ndarray, "h w 4"]
Cell = tuple[int, int]
"""Row and column."""

OBJECT = "#FF5A5A"
"""The queried object is outlined in red, as in the paper's Fig. 8."""


@dataclass(frozen=True, eq=False)
class Rendering:
    """The answers of networks, with the choice of what is shown of them.

    Attributes:
        answers: The networks' answers.
        layer: The layer that all panes show.
        display: The display settings.
        layers: The layers that can be chosen.
        native: Whether maps are always shown as cells, without interpolation.
    """

    answers: Answers
    layer: str
    display: Display
    layers: tuple[str, ...] = LAYERS
    native: bool = False

    @staticmethod
    def at(state: State, *, native: bool = False) -> Rendering | None:
        """The rendering of a state; None while there are no answers."""
        return Rendering(state.answers, state.layer, state.display, state.layers, native) if state.answers else None

    def at_layer(self, layer: str) -> Rendering:
        """A copy that shows another layer."""
        return replace(self, layer=layer)

    @property
    def image(self) -> UInt8[np.ndarray, "S S 3"]:
        """The largest input image of the networks; the pointer is given in its pixels."""
        images = [reading.explanation.image for reading in self._readings.values()]
        return max(images, key=len, default=self.answers.picture.fitted.pixels)

    def image_of(self, model: str) -> UInt8[np.ndarray, "S S 3"]:
        """The input image of a network."""
        reading = self.reading(model)
        return reading.explanation.image if reading else self.image

    @property
    def answer_words(self) -> tuple[str, ...]:
        """The possible answers; empty if no network has answered."""
        return next((reading.explanation.answers for reading in self._readings.values()), ())

    @property
    def smooth(self) -> bool:
        """Whether maps are interpolated instead of shown as cells."""
        return self.display.show != "cells" and not self.native

    @property
    def accumulated(self) -> bool:
        """Whether accumulated attention is shown; cells and features are never accumulated."""
        return self.display.accumulated and self.smooth and self.display.quantity == "attention"

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {pane.model: pane.reading for pane in self.answers.panes if pane.reading}

    def reading(self, model: str) -> Reading | None:
        """The answer of a network; None if it has not answered yet, or cannot."""
        return self._readings.get(model)

    def layer_of(self, model: str, name: str = "") -> LayerReading | None:
        """A layer of a network, by default the shown one; None if it has no attention."""
        reading = self.reading(model)
        return reading.layer(name or self.layer) if reading else None

    def change(self, model: str, name: str) -> str:
        """The surgery on a network's layer, in words; empty if there is none."""
        reading = self.reading(model)
        return reading.explanation.surgery.edit(name).in_words() if reading else ""

    def view_of(self, model: str, name: str = "") -> ViewExplanation | None:
        """The view of a network's spatial transformer at a layer; None if it has none."""
        reading = self.reading(model)
        views = reading.explanation.views if reading else ()
        return next((view for view in views if view.name == (name or self.layer)), None)

    def view_answer(self, model: str, view: ViewExplanation) -> str | None:
        """The answer of a transformer's localisation network; None if it has no classifier."""
        reading = self.reading(model)
        if reading is None or view.probabilities is None:
            return None
        return reading.explanation.answers[int(view.probabilities.argmax())]

    def _around(self, view: ViewExplanation) -> RGBA:
        """An overlay that darkens the image outside the sampled view."""
        size = len(view.picture)
        rgba = np.zeros((size, size, 4), np.uint8)
        rgba[..., 3] = np.where(inside(view.outline / size, size), 0, round(self.display.faded_opacity * 255))
        return rgba

    def shown_map(self, layer: LayerReading) -> Map:
        """The shown values of a layer: attention or feature magnitude, as cells or resampled to the image."""
        match self.display.quantity:
            case "before":
                return layer.before if self.smooth else layer.explained.features
            case "after":
                return layer.after if self.smooth else layer.explained.attended
        if not self.smooth:
            return layer.cells
        return layer.accumulated if self.accumulated else layer.own

    def kind_in_words(self, model: str) -> str:
        """The kind of map shown of a network, in words; empty if there is none."""
        reading, layer = self.reading(model), self.layer_of(model)
        if reading is None or layer is None:
            return ""
        if self.display.quantity == "before" or (self.display.quantity == "after" and layer.kind != "probability"):
            return "magnitude"
        return "product" if self.accumulated and layer is not reading.layers[0] else layer.kind

    def note(self, model: str) -> str:
        """A note if a network cannot show what was chosen, for its image; otherwise empty."""
        layer = self.layer_of(model)
        if self.view_of(model) is not None:
            return "looks at the framed part"
        if layer is None:
            return "no attention at this layer" if self.reading(model) and self.layer != INPUT else ""
        instead = self.display.quantity == "after" and layer.kind == "probability"
        return "attention probability" if instead else ""

    def bounds(self, model: str, name: str = "") -> tuple[float, float]:
        """The lowest and highest value of the colour scale; for attention the lowest is always 0."""
        if self.display.scale == "model":
            reading = self.reading(model)
            layers = list(reading.layers) if reading else []
        elif self.display.scale == "shared":
            layers = [layer for each in self._readings if (layer := self.layer_of(each, name))]
        else:
            layers = [layer for layer in (self.layer_of(model, name),) if layer]
        maps = [self.shown_map(layer) for layer in layers]
        highest = max((float(values.max()) for values in maps), default=0.0)
        if self.display.quantity == "attention":
            return 0.0, highest
        return min((float(values.min()) for values in maps), default=0.0), highest

    def overlay(self, model: str, name: str = "") -> RGBA | None:
        """The overlay of a layer: dark where values are low, or the values as colours; None if there is none."""
        layer, view = self.layer_of(model, name), self.view_of(model, name)
        if view is not None:
            return self._around(view)
        if layer is None:
            return None
        values, (lowest, highest) = self.shown_map(layer), self.bounds(model, name)
        share = np.clip((values - lowest) / (highest - lowest), 0, 1) if highest > lowest else np.zeros_like(values)
        bright = self.display.brightness(share)
        rgba = np.zeros((*values.shape, 4), np.uint8)
        if self.display.show == "faded":
            opacity = min(self.display.opacity, SEEN_THROUGH) if self.native else self.display.opacity
            rgba[..., 3] = np.rint((1 - bright) * opacity * 255)
        else:
            rgba[..., :3] = colour_table(self.display.colour_map)[np.rint(bright * 255).astype(np.intp)]
            rgba[..., 3] = round(self.display.opacity * 255)
        return rgba if self.smooth else tile(rgba, layer.explained.field, len(layer.own))

    def holds(self, pointer: Pointer) -> bool:
        """Whether the pixel lies in this image; the pointer may still belong to a larger one."""
        return max(pointer) < len(self.image)

    def value_at(self, model: str, pointer: Pointer) -> float | None:
        """The value of the shown map at a pixel; None if the layer has no attention."""
        layer, counted = self.layer_of(model), len(self.image)
        if layer is None or not self.holds(pointer):
            return None
        values, size = self.shown_map(layer), len(layer.own)
        if not self.smooth:
            return float(values[self._cell(layer, pointer)])
        return float(values[pointer.y * size // counted, pointer.x * size // counted])

    def _cell(self, layer: LayerReading, pointer: Pointer) -> Cell:
        """The layer's cell at a pixel, or the nearest one at the edge."""
        middle = np.array([pointer.y + 0.5, pointer.x + 0.5]) * len(layer.own) / len(self.image)
        cell = np.clip(layer.explained.field.cells_at(middle), 0, np.array(layer.cells.shape) - 1)
        return int(cell[0]), int(cell[1])

    def seen_at(self, model: str, pointer: Pointer, name: str = "") -> tuple[ReceptiveField, ReceptiveField] | None:
        """The receptive fields of a layer's features and of its attention; None if the layer has no attention."""
        layer = self.layer_of(model, name)
        return (layer.explained.field, layer.explained.context) if layer and self.holds(pointer) else None

    def marks(self, model: str, pointer: Pointer | None, name: str = "") -> tuple[Mark, ...]:
        """The queried object's outline, and the receptive fields of the cell under the pointer."""
        marks = []
        truth = self.answers.picture.truths.get(self.answers.query)
        if self.display.outline and truth and truth.outline is not None:
            marks.append(Mark(truth.outline, colour=OBJECT))
        layer, view = self.layer_of(model, name), self.view_of(model, name)
        if view is not None:
            marks.append(Mark(polygon(view.outline / len(view.picture))))
        if self.display.field and not self.native and layer and pointer and self.holds(pointer):
            (row, column), size = self._cell(layer, pointer), len(layer.own)
            field, context = layer.explained.field, layer.explained.context
            for seen in dict.fromkeys((field, context)):
                (left, right), (top, bottom) = seen.pixels(column), seen.pixels(row)
                box = rectangle(left / size, top / size, right / size, bottom / size)
                marks.append(Mark(box, dashed=seen != field))
        return tuple(marks)

    def on_object(self, model: str) -> OnObject | None:
        """Measures of the shown attention on the queried object; None if its mask is unknown."""
        layer = self.layer_of(model)
        if layer is None:
            return None
        return layer.accumulated_on_object if self.accumulated else layer.on_object


def bar_colours(display: Display) -> UInt8[np.ndarray, "256 3"]:
    """The colours of the colour bar, from the lowest value to the highest."""
    bright = display.brightness(np.linspace(0, 1, 256))
    if display.show == "faded":
        grey = np.rint((1 - (1 - bright) * display.opacity) * 255).astype(np.uint8)
        return np.repeat(grey[:, None], 3, axis=1)
    colours: UInt8[np.ndarray, "256 3"] = colour_table(display.colour_map)[np.rint(bright * 255).astype(np.intp)]
    return colours
