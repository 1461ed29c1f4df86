"""A few rows of numbers, each row with a coloured dot and a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pan_explorer.widgets.labels import Dot, ElidedLabel, quiet
from pan_explorer.widgets.layouts import clear_layout


@dataclass(frozen=True)
class Row:
    """A row: the colour of its dot (empty for none), its name and its cells."""

    colour: str
    name: str
    cells: tuple[str, ...]


class Table(QWidget):
    """Rebuilds its widgets only when the names of the rows change; otherwise it updates the cells."""

    def __init__(self, heads: Sequence[tuple[str, str]] = ()) -> None:
        """Args: the column headers with their tool tips; empty for no header."""
        super().__init__()
        self._heads = heads
        self._names: tuple[tuple[str, str], ...] = ()
        self._cells: list[list[QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(5)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        names = tuple((row.colour, row.name) for row in rows)
        if names != self._names:
            self._names = names
            self._build(rows)
        for labels, row in zip(self._cells, rows, strict=True):
            for label, text in zip(labels, row.cells, strict=True):
                label.setText(text)

    def _build(self, rows: Sequence[Row]) -> None:
        clear_layout(self._grid)
        for column, (head, hint) in enumerate(self._heads):
            label = quiet(head)
            label.setToolTip(hint)
            self._grid.addWidget(label, 0, column + 2, Qt.AlignmentFlag.AlignRight)
        self._cells = []
        for number, row in enumerate(rows, start=1):
            self._grid.addWidget(Dot(row.colour, 9), number, 0)
            name = ElidedLabel(row.name, Qt.TextElideMode.ElideMiddle)
            self._grid.addWidget(name, number, 1)
            labels = [QLabel() for _ in row.cells]
            for column, label in enumerate(labels):
                self._grid.addWidget(label, number, column + 2, Qt.AlignmentFlag.AlignRight)
            self._cells.append(labels)
