"""Tables as Markdown, as CSV, and as pictures with printed rules."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from pan.evaluation.intervals import Interval
from pan.figures.explanation import STYLE
from pan.report.style import drawing
from pan.system.files import write_whole

REPORT = "report.md"
"""The report's text in its folder."""
DASH = "–"
LINE, SIZE = 0.19, 7.0  # inches from one row to the next; points
GAP = 0.16  # inches between columns
HEAVY, LIGHT = 0.9, 0.45
POINTS_PER_INCH = 72

Cell = str | int | float | None


class Table(NamedTuple):
    """A table, with formatted rows for readers and records of numbers for the CSV.

    Attributes:
        name: Name of its files, without a suffix.
        title: Title in the report.
        header: Header of the formatted rows.
        rows: The formatted rows.
        columns: Header of the CSV.
        records: The rows of the CSV; None is an empty cell.
        groups: Headings above several columns of the formatted rows, each with its number of columns.
        apart: Formatted rows above which a rule is drawn.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns: Sequence[str]
    records: Sequence[Sequence[Cell]]
    groups: Sequence[tuple[str, int]] = ()
    apart: Sequence[int] = ()

    def markdown(self) -> str:
        """The table as Markdown; the first column is left-aligned, the others are right-aligned."""
        ruler = [":---", *["---:"] * (len(self.header) - 1)]
        above = [words for words, columns in self.groups for _ in range(columns)] or [""] * len(self.header)
        header = [f"{group} {cell}".strip() for group, cell in zip(above, self.header, strict=True)]
        return "".join(f"| {' | '.join(map(_in_cell, cells))} |\n" for cells in (header, ruler, *self.rows))

    def csv(self) -> str:
        """The table as CSV; shares are 0 to 1."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([[_plain(cell) for cell in record] for record in self.records])
        return text.getvalue()

    def save(self, folder: Path) -> None:
        """Write `name.md` and `name.csv`."""
        for suffix, text in ((".md", f"{self.title}\n\n{self.markdown()}"), (".csv", self.csv())):
            write_text(folder / f"{self.name}{suffix}", text)


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically."""
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8", newline="\n"))


def percent(share: float | None, digits: int = 2) -> str:
    """A share in percent; a dash if it is undefined."""
    return DASH if share is None else f"{100 * share:.{digits}f}"


def with_interval(share: float | None, interval: Interval | None) -> str:
    """A share in percent with half the width of its interval: `97.62 ± 0.41`."""
    if share is None or interval is None:
        return percent(share)
    low, high = interval
    return f"{percent(share)} ± {percent((high - low) / 2)}"


def _in_cell(text: str) -> str:
    """A cell's text as Markdown: on one line, with signs that would end the cell escaped."""
    return " ".join(text.splitlines()).replace("\\", r"\\").replace("|", r"\|")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


def ruled_table(table: Table) -> Figure:
    """A picture of the formatted rows below the title."""
    with rc_context(STYLE):  # text has the width with which it is drawn
        widths, title = _widths(table), _width(table.title)
    rights = [sum(widths[: column + 1]) for column in range(len(widths))]
    lines = len(table.rows) + 2 + bool(table.groups)
    width = max(rights[-1], title + GAP) + GAP
    height = LINE * (lines + 0.6)
    with drawing(width, height) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.axis("off")
        axes.text(GAP, 0.6 * LINE, table.title, va="center", size=SIZE)
        y = 1.2 * LINE
        _rule(axes, y, rights[-1], HEAVY)
        if table.groups:
            _draw_groups(axes, table, rights, widths, y)
            y += LINE
        _draw_row(axes, table.header, rights, y)
        y += LINE
        _rule(axes, y, rights[-1], LIGHT)
        for number, row in enumerate(table.rows):
            if number in table.apart:
                _rule(axes, y, rights[-1], LIGHT)
            _draw_row(axes, row, rights, y)
            y += LINE
        _rule(axes, y, rights[-1], HEAVY)
    return figure


def _draw_groups(axes: Axes, table: Table, rights: Sequence[float], widths: Sequence[float], y: float) -> None:
    column = 0
    for words, count in table.groups:
        left, right = rights[column] - widths[column] + GAP, rights[column + count - 1]
        column += count
        if words:
            axes.text((left + right) / 2, y + LINE / 2, words, ha="center", va="center", size=SIZE)
            axes.plot([left, right], [y + LINE] * 2, color="black", linewidth=LIGHT, solid_capstyle="butt")


def _draw_row(axes: Axes, cells: Sequence[str], rights: Sequence[float], y: float) -> None:
    for column, (cell, right) in enumerate(zip(cells, rights, strict=True)):
        place, side = (GAP, "left") if column == 0 else (right, "right")
        axes.text(place, y + LINE / 2, cell, ha=side, va="center", size=SIZE)


def _rule(axes: Axes, y: float, right: float, weight: float) -> None:
    axes.plot([GAP / 2, right + GAP / 2], [y, y], color="black", linewidth=weight, solid_capstyle="butt")


def _widths(table: Table) -> list[float]:
    """Widths of the columns, each with the gap to its left."""
    return [GAP + max(map(_width, cells)) for cells in zip(table.header, *table.rows, strict=True)]


def _width(text: str) -> float:
    """Width of a line of text, in inches."""
    if not text.strip():
        return 0.0
    return float(TextPath((0, 0), text, size=SIZE).get_extents().width) / POINTS_PER_INCH
