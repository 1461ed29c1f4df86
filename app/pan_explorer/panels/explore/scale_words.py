"""The text under the colour bar: what the colours of the maps mean."""

from __future__ import annotations

from pan_explorer.values.display import Display

SPAN = {
    "map": "each map from {low} to largest value",
    "model": "each network from {low} to largest value in any layer",
    "shared": "all networks from {low} to largest value in this layer",
}


def scale_words(display: Display) -> str:
    """The scale of the values, and for features their area; the chooser above names the quantity."""
    low = "0" if display.quantity == "attention" else "smallest"
    span = SPAN[display.scale].format(low=low)
    if display.curve == "root":
        span += ", by the square root"
    if display.quantity == "attention":
        return span
    area = "magnitude, one a cell" if display.show == "cells" else "magnitude, spread over what cells see"
    return f"{area}; {span}"
