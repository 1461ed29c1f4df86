"""What the report's figures share: their type, their legends, a panel for each kind of data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pan.figures.explanation import STYLE
from pan.figures.palette import model_colour, model_title

PANEL = (2.35, 2.1)  # inches; three panels fill the width of a page
MARKERS = {
    "san": "s", "han": "D", "pan": "^", "pan-ctx": "o", "stn-s": "v", "stn-m": "P", "pan-ctx-hard": "*",
    "pan-ctx-best": "X",
}  # fmt: skip
"""A network keeps its mark as it keeps its colour: in grey print it is told by it."""


@contextmanager
def drawing(width: float, height: float) -> Iterator[Figure]:
    """A figure of a size in inches; text set in the block has the report's type."""
    with rc_context({**STYLE, "axes.linewidth": 0.5, "xtick.major.width": 0.5, "ytick.major.width": 0.5}):
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)
        yield figure


@contextmanager
def panels(
    kinds: Sequence[str], models: Sequence[str], rows: int = 1, foot: float = 0.0
) -> Iterator[tuple[Figure, list[list[Axes]]]]:
    """A column of panels for each kind, those of a row on one scale, the networks' legend above them all.

    Args:
        kinds: Of the data.
        models: In the legend.
        rows: Of panels.
        foot: Inches for what is written below them.
    """
    width, height = PANEL[0] * max(len(kinds), 1.6), PANEL[1] * rows + 0.25 + foot
    with drawing(width, height) as figure:
        figure.set_layout_engine("constrained")
        axes: np.ndarray = figure.subplots(rows, len(kinds), squeeze=False, sharey="row")
        for column, kind in enumerate(kinds):
            axes[0, column].set_title(kind.upper(), fontsize=8)
        for each in axes.flat:
            each.spines[["top", "right"]].set_visible(False)
            each.grid(axis="y", linewidth=0.3, alpha=0.6)
            each.set_axisbelow(True)
        figure.legend(handles=[handle(model) for model in models], loc="outside upper center",
                      ncols=max(1, len(models)), frameon=False)  # fmt: skip
        yield figure, axes.tolist()


def handle(model: str) -> Line2D:
    """A network's entry in a legend."""
    return Line2D([], [], color=model_colour(model), marker=MARKERS.get(model, "x"), markersize=4, linewidth=1.2,
                  label=model_title(model))  # fmt: skip
