"""A table as a picture, ruled as the paper's are: one rule above, one below the head, one below all."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from pan.report.style import drawing
from pan.report.table import Table

LINE, SIZE = 0.19, 7.0  # inches from one row to the next; points
GAP = 0.16  # inches between columns
HEAVY, LIGHT = 0.9, 0.45
POINTS_PER_INCH = 72


def ruled_table(table: Table) -> Figure:
    """The readable form below its title."""
    widths = _widths(table)
    rights = [sum(widths[: column + 1]) for column in range(len(widths))]
    lines = len(table.rows) + 2 + bool(table.groups)
    width = max(rights[-1], _width(table.title) + GAP) + GAP
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
    """Of the columns, with the gap to their left."""
    return [GAP + max(map(_width, cells)) for cells in zip(table.header, *table.rows, strict=True)]


def _width(text: str) -> float:
    """Of a line of text as it is set, in inches."""
    if not text.strip():
        return 0.0
    path = TextPath((0, 0), text, size=SIZE, prop=FontProperties(family="DejaVu Sans"))
    return float(path.get_extents().width) / POINTS_PER_INCH
