"""The figure of several networks at one layer of one image, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from pan.figures.explanation import STYLE, show

SIDE, GAP, HEAD, FOOT = 1.8, 0.08, 0.42, 0.22  # inches


@dataclass(frozen=True, eq=False)
class Panel:
    """One picture of the figure.

    Attributes:
        title: The title above it.
        colour: The colour of the title, `#RRGGBB`.
        image: The picture.
        overlay: An RGBA overlay, None for none.
        smooth: Whether the overlay is interpolated.
        caption: The caption below it.
        lines: Straight lines over it, with end points from 0 to 1; None for none.
    """

    title: str
    colour: str
    image: UInt8[np.ndarray, "S S 3"]
    overlay: UInt8[np.ndarray, "h w 4"] | None
    smooth: bool
    caption: str
    lines: Float[np.ndarray, "n 2 2"] | None = None


def side_by_side(panels: Sequence[Panel], heading: str) -> Figure:
    """The panels in a row under a heading."""
    width = len(panels) * SIDE + (len(panels) + 1) * GAP
    height = HEAD + SIDE + FOOT
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)
        figure.text(GAP / width, 1 - 0.06 / height, heading, va="top", color="#444444")
        for number, panel in enumerate(panels):
            left = GAP + number * (SIDE + GAP)
            axes = figure.add_axes((left / width, FOOT / height, SIDE / width, SIDE / height))
            _draw(axes, panel)
    return figure


def _draw(axes: Axes, panel: Panel) -> None:
    show(axes, panel.image)
    size = len(panel.image)
    if panel.overlay is not None:
        axes.imshow(panel.overlay, interpolation="bilinear" if panel.smooth else "nearest",
                    extent=(-0.5, size - 0.5, size - 0.5, -0.5))  # fmt: skip
    if panel.lines is not None:
        for colour, width in (("black", 1.6), ("white", 0.7)):
            axes.add_collection(LineCollection(list(panel.lines * size - 0.5), colors=colour, linewidths=width))
    axes.set_title(panel.title, color=panel.colour, weight="bold", pad=3, loc="left")
    axes.set_xlabel(panel.caption, labelpad=3, loc="left")
