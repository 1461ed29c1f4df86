"""Curves over integers, and the settings of their axes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Curve:
    """One curve.

    Attributes:
        name: Its name in the values at the pointer.
        x: The x values, ascending.
        y: The y values; NaN leaves a gap.
        colour: Its colour; empty for the text colour.
        faint: Whether it is drawn faintly behind the others.
        noisy: Whether it is smoothed; its raw line is then drawn faintly.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    colour: str = ""
    faint: bool = False
    noisy: bool = False


@dataclass(frozen=True)
class Axes:
    """Settings of the axes.

    Attributes:
        log: Logarithmic y axis.
        smoothing: Weight of the past in the moving average of noisy curves, in [0, 1).
        last: Length of the shown x range, counted from the right; 0 shows all.
        outliers: Whether the y axis includes outliers.
        low: Fixed lower limit of y; None for that of the data.
        high: Fixed upper limit of y; None for that of the data.
    """

    log: bool = False
    smoothing: float = 0.0
    last: int = 0
    outliers: bool = True
    low: float | None = None
    high: float | None = None
