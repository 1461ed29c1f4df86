"""One of the paper's tables: its numbers, each beside the available network's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.labels import Dot, heading, quiet
from pan_explorer.widgets.layouts import clear_layout


@dataclass(frozen=True)
class Cell:
    """A number of ours beside one of the paper's.

    Attributes:
        paper: The paper's number, empty if it has none.
        ours: Our number, or the action of a click; empty if there is none.
        hint: The source of our number, and the action of a click.
        kind: The data of a click's action.
        model: The network of a click's action.
        known: Whether `ours` is a number.
    """

    paper: str
    ours: str = ""
    hint: str = ""
    kind: str = ""
    model: str = ""
    known: bool = False


@dataclass(frozen=True)
class TableRow:
    """A network's cells, with its colour (none if empty) and its name."""

    colour: str
    name: str
    cells: tuple[Cell, ...]


class PaperTable(QWidget):
    """Shows rows of cells; `clicked` carries the kind, the network, and whether its number is known."""

    clicked = Signal(str, str, bool)

    def __init__(self, title: str, groups: Sequence[str]) -> None:
        """Args: the table's title, and the headings of its pairs of columns."""
        super().__init__()
        self._groups = groups
        self._rows: tuple[TableRow, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(1, 84)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._title = heading(title)
        column.addWidget(self._title)
        column.addLayout(self._grid)

    def show_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Replace the rows."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        clear_layout(self._grid)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, group in enumerate(self._groups):
            for offset, words in enumerate((group, "paper")):
                head = QLabel(words) if offset == 0 else quiet(words)
                head.setContentsMargins(0, 0, 8 if offset == 0 else 0, 0)
                self._grid.addWidget(head, 0, 2 + 2 * number + offset, right)
            self._grid.setColumnStretch(2 + 2 * number, 3)
            self._grid.setColumnStretch(3 + 2 * number, 2)
        for number, row in enumerate(rows, start=1):
            self._grid.setRowMinimumHeight(number, 24)
            self._grid.addWidget(Dot(row.colour, 9), number, 0)
            self._grid.addWidget(QLabel(row.name), number, 1)
            for place, cell in enumerate(row.cells):
                self._grid.addWidget(self._ours(cell, row.name), number, 2 + 2 * place, right)
                self._grid.addWidget(quiet(cell.paper or "–"), number, 3 + 2 * place, right)
        self.updateGeometry()

    def _ours(self, cell: Cell, name: str) -> QWidget:
        if not cell.ours:
            nothing = quiet("–")
            nothing.setToolTip(as_tip(cell.hint))
            nothing.setContentsMargins(0, 0, 8, 0)
            return nothing
        made = button(cell.ours, cell.hint, name=f"{name} on {cell.kind}: {cell.ours}")
        made.setProperty("cell", True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda: self.clicked.emit(cell.kind, cell.model, cell.known))
        return made
