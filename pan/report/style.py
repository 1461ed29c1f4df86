"""The common style of the report's figures: fonts, legends, panels, files and captions."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pan.figures.explanation import STYLE, save_figure
from pan.figures.palette import model_colour, model_title
from pan.system.steps import Preparing

PANEL = (2.35, 2.1)  # inches; three panels fill the width of a page
SUFFIXES = (".png", ".pdf")
MARKERS = {
    "san": "s", "han": "D", "pan": "^", "pan-ctx": "o", "stn-s": "v", "stn-m": "P", "pan-ctx-hard": "*",
    "pan-ctx-best": "X",
}  # fmt: skip
"""The mark of each network, by which it is recognised in grey print."""


@contextmanager
def drawing(width: float, height: float) -> Iterator[Figure]:
    """A figure with a size in inches; text that is drawn in the block has the report's font."""
    with rc_context({**STYLE, "axes.linewidth": 0.5, "xtick.major.width": 0.5, "ytick.major.width": 0.5}):
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)
        yield figure


@contextmanager
def panels(
    kinds: Sequence[str], models: Sequence[str], rows: int = 1, foot: float = 0.0
) -> Iterator[tuple[Figure, list[list[Axes]]]]:
    """A figure with a column of panels for each kind of data, and a legend above; panels of a row have the same scale.

    Args:
        kinds: The kinds.
        models: The networks of the legend.
        rows: Number of rows.
        foot: Space below the panels, in inches.
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


class Picture(NamedTuple):
    """A figure of the report.

    Attributes:
        name: Name of its files, without a suffix.
        title: The title.
        caption: The caption.
    """

    name: str
    title: str
    caption: str

    def save(self, folder: Path, figure: Figure) -> None:
        """Write the figure as PNG and PDF."""
        save_pictured(folder, self.name, figure)

    def markdown(self) -> str:
        """The picture as Markdown, with its caption and a link to the PDF."""
        return f"![{self.title}]({self.name}.png)\n\n**{self.title}.** {self.caption} [PDF]({self.name}.pdf)\n"


def save_pictures(
    drawn: Iterable[tuple[Picture, Figure]], folder: Path
) -> Generator[Preparing, None, list[Picture]]:
    """Write each picture as soon as it is drawn; yields progress and returns the pictures."""
    saved: list[Picture] = []
    for picture, figure in drawn:
        picture.save(folder, figure)
        saved.append(picture)
        yield Preparing("figures", len(saved), len(saved))
    return saved


def save_pictured(folder: Path, name: str, figure: Figure) -> None:
    """Write a figure as PNG and PDF."""
    for suffix in SUFFIXES:
        save_figure(figure, folder / f"{name}{suffix}")
