"""The size of a finished figure: its width, with text and lines, and its pixels."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.spines import Spine
from matplotlib.text import Text

from pan.system.errors import InputError

LEAST, MOST = 0.5, 100.0
INCH_CM = 2.54
LEAST_DPI, MOST_DPI = 20, 1200
MOST_PIXELS = 80_000_000
"""A poster (A0) at 225 dpi, which takes 0.7 GB of memory while it is drawn. The frames of a GIF are held together, and
therefore count together."""


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


def check_resolution(figure: Figure, dpi: int, frames: int = 1) -> None:
    """Check the resolution before a figure is drawn. In PDF and SVG it is that of the images.

    Args:
        figure: The figure, or one of several of the same size.
        dpi: The resolution.
        frames: The number of figures that are held in memory together.

    Raises:
        InputError: If the dpi is out of range, or the figure has too many pixels.
    """
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise InputError(f"dpi must be from {LEAST_DPI} to {MOST_DPI}, not {dpi}.")
    width, height = (round(float(side) * dpi) for side in figure.get_size_inches())
    if frames * width * height > MOST_PIXELS:
        each = f"{frames} frames of " if frames > 1 else ""
        raise InputError(f"the figure would have {each}{width:,} × {height:,} pixels; "
                         f"at most {MOST_PIXELS // 10**6} million can be drawn: "
                         "choose a smaller width or fewer dots per inch.")
