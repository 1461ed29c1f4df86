"""What is shown of a layer, and how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:  # the settings know of this, and the window is shown before numpy is imported
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
        show: The image faded by that map, a heat map on the image, or the map's own cells.
        accumulated: The product of all attention up to the layer instead of the layer's own.
        colour_map: Of the heat map and of the cells.
        scale: Which maps share the largest value.
        curve: How brightness follows values between the ends of the scale; by their square root, a product that peaks
            at a few pixels leaves more of the image to be seen.
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
        """How bright values are, both as shares of the scale."""
        return share**0.5 if self.curve == "root" else share

    def with_opacity(self, opacity: float) -> Display:
        """The same with another opacity for what is shown."""
        if self.show == "faded":
            return replace(self, faded_opacity=opacity)
        return replace(self, heat_opacity=opacity)
