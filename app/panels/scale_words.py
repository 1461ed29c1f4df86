"""What the colours of the maps mean, in words for the place under the colour bar."""

from __future__ import annotations

from app.values import Display

SPAN = {
    "map": "each map from {low} to its own largest value",
    "model": "each network from {low} to its largest value in any layer",
    "shared": "all networks from {low} to their largest value in this layer",
}


def scale_words(display: Display) -> str:
    """What is shown, over which area, and on which scale."""
    low = "0" if display.quantity == "attention" else "the smallest"
    span = SPAN[display.scale].format(low=low)
    if display.quantity == "attention":
        return span
    area = "one value a cell" if display.show == "cells" else "spread over what each cell sees"
    return f"features {display.quantity} attention, {area}; {span}"
