"""What the report's figures share: type, legends, a panel for each kind of data, files and captions."""

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


class Picture(NamedTuple):
    """A figure that is written.

    Attributes:
        name: Of its files, without a suffix.
        title: What it is.
        caption: What must be known to read it.
    """

    name: str
    title: str
    caption: str

    def save(self, folder: Path, figure: Figure) -> None:
        """Write the figure, to be looked at and to be printed."""
        save_pictured(folder, self.name, figure)

    def markdown(self) -> str:
        """The picture in the report, a link to the one for print beside its caption."""
        return f"![{self.title}]({self.name}.png)\n\n**{self.title}.** {self.caption} [PDF]({self.name}.pdf)\n"


def save_pictures(
    drawn: Iterable[tuple[Picture, Figure]], folder: Path
) -> Generator[Preparing, None, list[Picture]]:
    """Write pictures as they are drawn, with progress, and give them for the text."""
    saved: list[Picture] = []
    for picture, figure in drawn:
        picture.save(folder, figure)
        saved.append(picture)
        yield Preparing("figures", len(saved), len(saved))
    return saved


def save_pictured(folder: Path, name: str, figure: Figure) -> None:
    """Write a figure to be looked at and to be printed."""
    for suffix in SUFFIXES:
        save_figure(figure, folder / f"{name}{suffix}")
