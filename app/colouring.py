"""From attention to colours: which map a pane shows, on which scale, and how it lies over the image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float, UInt8

from app.theme import colour_table
from app.values import Display, LayerReading, Reading

Map = Float[np.ndarray, "h w"]


def shown_map(layer: LayerReading, display: Display) -> Map:
    """The map that a layer shows: its cells, its own map over the image, or the product up to it."""
    if display.show == "cells":
        return layer.cells
    return layer.accumulated if display.accumulated else layer.own


def map_in_words(layer: LayerReading, reading: Reading, display: Display) -> str:
    """What kind of map that is."""
    alone = display.show == "cells" or not display.accumulated or layer is reading.layers[0]
    return layer.kind if alone else "product"


def scale_of(
    readings: Mapping[str, Reading], model: str, layer: str, display: Display
) -> float:
    """The value that is shown brightest in a model's pane; the darkest is always 0.

    Args:
        readings: The readings of all panes, by model.
        model: The pane's model.
        layer: The layer that all panes show.
        display: Whether the scale is the map's own, the model's over its layers, or shared by the panes.
    """
    layers: Sequence[LayerReading | None]
    if display.scale == "model":
        layers = readings[model].layers
    elif display.scale == "shared":
        layers = [reading.layer(layer) for reading in readings.values()]
    else:
        layers = [readings[model].layer(layer)]
    return max((float(shown_map(each, display).max()) for each in layers if each), default=0.0)


def overlay(values: Map, highest: float, display: Display) -> UInt8[np.ndarray, "h w 4"]:
    """What lies over the image, as RGBA: darkness where attention is low, or the colours of its values."""
    share = np.clip(values / highest, 0, 1) if highest > 0 else np.zeros_like(values)
    rgba = np.zeros((*values.shape, 4), np.uint8)
    if display.show == "faded":
        rgba[..., 3] = np.rint((1 - share) * display.opacity * 255)
    else:
        rgba[..., :3] = colour_table(display.colour_map)[np.rint(share * 255).astype(np.intp)]
        rgba[..., 3] = round(display.opacity * 255)
    return rgba


def bar_colours(display: Display) -> UInt8[np.ndarray, "256 3"]:
    """The colours from the lowest value to the highest, for the colour bar."""
    if display.show == "faded":
        grey = np.rint(np.linspace((1 - display.opacity) * 255, 255, 256)).astype(np.uint8)
        return np.repeat(grey[:, None], 3, axis=1)
    return colour_table(display.colour_map)
