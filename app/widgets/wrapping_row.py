"""Widgets side by side, in as few rows as show them all."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget


class Tiles(QWidget):
    """A grid of equal cells; where not all widgets have room they stand in one row that is wider than its place."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._widgets: Sequence[QWidget] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """These, and delete those that were there."""
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets, self._columns = widgets, 0

    def fit(self, place: QSize) -> None:
        """Choose rows for a place of this size."""
        columns = self._columns_in(place)
        if columns == self._columns:
            return
        self._columns = columns
        for number, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, *divmod(number, columns))
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, int(row * columns < len(self._widgets)))

    def _columns_in(self, place: QSize) -> int:
        count, gap = max(1, len(self._widgets)), self._grid.spacing()
        width = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0) + gap
        height = max((widget.minimumSizeHint().height() for widget in self._widgets), default=0) + gap
        most = min(max((place.width() + gap) // max(1, width), 1), count)
        rows = math.ceil(count / most)
        return math.ceil(count / rows) if rows * height - gap <= place.height() else count
