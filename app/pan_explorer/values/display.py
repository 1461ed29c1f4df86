"""The display settings: what is shown of a layer, and how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:  # settings import this module, and the window is shown before numpy is imported
    import numpy as np
    from jaxtyping import Float

Quantity = Literal["attention", "before", "after"]
Show = Literal["faded", "heat", "cells"]
Curve = Literal["root", "linear"]
Scale = Literal["map", "model", "shared"]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)
SHOWS: tuple[Show, ...] = get_args(Show)
CURVES: tuple[Curve, ...] = get_args(Curve)
SCALES: tuple[Scale, ...] = get_args(Scale)


@dataclass(frozen=True)
class Display:
    """What is shown of a layer, and how.

    Attributes:
        quantity: Attention, or the magnitude of the features before or after it.
        show: The image darkened by the map, a heat map over the image, or the map's cells.
        accumulated: The product of all attention up to the layer instead of the layer's own.
        colour_map: Colour map of the heat map and the cells.
        scale: The maps over which the colour scale is normalised.
        curve: Brightness as a function of the normalised value; the square root shows more of the image where a product
            has a few high peaks.
        faded_opacity: Opacity of the darkening where attention is 0, 0 to 1.
        heat_opacity: Opacity of the heat map, 0 to 1.
        field: Whether the receptive field of the cell under the pointer is drawn.
        outline: Whether the queried object is outlined if its mask is known.
    """

    quantity: Quantity = "attention"
    show: Show = "faded"
    accumulated: bool = True
    colour_map: str = "inferno"
    scale: Scale = "map"
    curve: Curve = "root"
    faded_opacity: float = 0.9
    heat_opacity: float = 0.65
    field: bool = True
    outline: bool = False

    @property
    def opacity(self) -> float:
        """The opacity of what is shown."""
        return self.faded_opacity if self.show == "faded" else self.heat_opacity

    def brightness(self, share: Float[np.ndarray, "*n"]) -> Float[np.ndarray, "*n"]:
        """The brightness of normalised values, 0 to 1."""
        return share**0.5 if self.curve == "root" else share

    def with_opacity(self, opacity: float) -> Display:
        """A copy with another opacity for what is shown."""
        if self.show == "faded":
            return replace(self, faded_opacity=opacity)
        return replace(self, heat_opacity=opacity)
