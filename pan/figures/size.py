"""Scales a finished figure with its text and lines."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.spines import Spine
from matplotlib.text import Text

from pan.system.errors import InputError

LEAST, MOST = 0.5, 100.0
INCH_CM = 2.54


def set_width(figure: Figure, inches: float) -> None:
    """Scale a figure to a width; height, text and line widths keep their proportions.

    Raises:
        InputError: If the width is out of range.
    """
    if not LEAST <= inches <= MOST:
        raise InputError(f"a figure is {LEAST * INCH_CM:.0f} to {MOST * INCH_CM:.0f} cm wide, "
                         f"not {inches * INCH_CM:.1f} cm.")
    width, height = figure.get_size_inches()
    scale = inches / float(width)
    figure.set_size_inches(inches, float(height) * scale)
    for each in figure.findobj():
        if isinstance(each, Text):
            each.set_fontsize(float(each.get_fontsize()) * scale)
        elif isinstance(each, Line2D | Spine):
            each.set_linewidth(each.get_linewidth() * scale)
