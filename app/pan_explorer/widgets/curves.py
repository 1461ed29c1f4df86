"""Curves over whole numbers, and how they are looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Curve:
    """One line.

    Attributes:
        name: What it is called under the pointer.
        x: Where its points stand, rising.
        y: The points; NaN leaves a gap.
        colour: Its colour; empty takes the text's.
        faint: Whether it stands behind the others.
        noisy: Whether smoothing is for it; its raw line is then kept faint.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    colour: str = ""
    faint: bool = False
    noisy: bool = False


@dataclass(frozen=True)
class Axes:
    """How curves are looked at.

    Attributes:
        log: Logarithmic y axis.
        smoothing: Weight of what came before in a running mean of noisy curves, 0 to below 1.
        last: Only as many units of x, counted from the right; 0 shows all.
        outliers: Whether single far values may stretch the y axis.
        low: Fixed lower end of y, None for the data's.
        high: Fixed upper end of y.
    """

    log: bool = False
    smoothing: float = 0.0
    last: int = 0
    outliers: bool = True
    low: float | None = None
    high: float | None = None
