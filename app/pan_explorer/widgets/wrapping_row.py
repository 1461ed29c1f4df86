"""Widgets in as few rows as fit the width."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from pan_explorer.widgets.layouts import clear_layout


class WrappingRow(QWidget):
    """A grid of equal cells; if not all widgets fit, they form one row that is wider than the place."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._widgets: Sequence[QWidget] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Replace the widgets by these, in one row."""
        clear_layout(self._grid)
        self._widgets = widgets
        self._arrange(len(widgets))

    def least_height(self) -> int:
        """Minimum height in pixels of all widgets in one row."""
        return max((widget.minimumSizeHint().height() for widget in self._widgets), default=0)

    @Slot(QSize)
    def fit(self, place: QSize) -> None:
        """Choose the number of rows for a size."""
        columns = self._columns_in(place)
        if columns != self._columns:
            self._arrange(columns)
        over = (place.width() + self._grid.spacing()) % max(1, columns)  # leftover pixels, fewer than one a widget
        self._grid.setContentsMargins(0, 0, over, 0)

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for number, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, *divmod(number, columns))
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, int(row * columns < len(self._widgets)))

    def _columns_in(self, place: QSize) -> int:
        count, gap = len(self._widgets), self._grid.spacing()
        least = [widget.minimumSizeHint() for widget in self._widgets]
        width = gap + max((size.width() for size in least), default=1)
        height = gap + max((size.height() for size in least), default=1)
        rows = math.ceil(count / max(1, (place.width() + gap) // width))
        return math.ceil(count / rows) if 0 < rows * height <= place.height() + gap else count
