"""One figure of the report with the words that go with it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from pan.figures.explanation import save_figure

SUFFIXES = (".png", ".pdf")


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


def save_pictured(folder: Path, name: str, figure: Figure) -> None:
    """Write a figure to be looked at and to be printed."""
    for suffix in SUFFIXES:
        save_figure(figure, folder / f"{name}{suffix}")
