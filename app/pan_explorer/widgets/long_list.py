"""A list of any length that paints only its visible rows."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.scroll_areas import StableScrollBar

EDGE = 4
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Move = QAbstractItemView.CursorAction


class Rows(Protocol):
    """The content of a `LongList`."""

    @property
    def height(self) -> int:
        """Height of a row in pixels."""

    def paint(self, painter: QPainter, place: QRectF, number: int, palette: QPalette) -> None:
        """Paint a row."""

    def hint(self, number: int) -> str:
        """The tool tip of a row."""

    def __len__(self) -> int: ...


class LongList(QTableView):
    """Shows rows with a current one; `chosen` carries the row that the user clicks or goes to by keys.

    It is a table view, because the cost of a list view grows with the number of rows.
    """

    chosen = Signal(int)

    def __init__(self, *, name: str, hint: str, gap: int) -> None:
        """Args: the accessible name, the tool tip, and the pixels between the frame of a row and the next row."""
        super().__init__()
        self._model = _Model(self)
        self._showing = False
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self._model, gap, self))
        self.setAccessibleName(name)
        self.setToolTip(hint)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(StableScrollBar(Qt.Orientation.Vertical))  # so that the width of rows never changes
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.viewport().setAutoFillBackground(False)

    @property
    def current(self) -> int:
        """The current row, -1 for none."""
        return self.currentIndex().row()

    @property
    def rows(self) -> Rows | None:
        """The content."""
        return self._model.rows

    def show_rows(self, rows: Rows) -> None:
        """Show these rows from the top."""
        self._showing = True
        self._model.show_rows(rows)
        self._showing = False
        self.verticalHeader().setDefaultSectionSize(rows.height)
        self.verticalScrollBar().setValue(0)

    def renew(self, rows: Rows) -> None:
        """Replace the content of the rows and keep the scroll position."""
        self._model.rows = rows
        self.verticalHeader().setDefaultSectionSize(rows.height)
        self.viewport().update()

    def show_current(self, number: int) -> None:
        """Set the current row and scroll to it."""
        self._showing = True
        self.setCurrentIndex(self._model.index(number))
        self._showing = False

    def place(self, number: int) -> QRectF:
        """The rectangle of a row in viewport coordinates; it may lie outside the viewport."""
        return QRectF(self.visualRect(self._model.index(number)))

    def number_at(self, position: QPoint) -> int | None:
        """The row at a point of the viewport."""
        index = self.indexAt(position)
        return index.row() if index.isValid() else None

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """Home and End go to the first and last row; in a table view they would go to the ends of a row."""
        ends = {Move.MoveHome: 0, Move.MoveEnd: self._model.rowCount() - 1}
        return self._model.index(ends[action]) if action in ends else super().moveCursor(action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Emit the user's choice."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._showing:
            self.chosen.emit(current.row())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let the current row be chosen again."""
        again = self.number_at(event.position().toPoint()) == self.current
        super().mousePressEvent(event)
        if again and self.current >= 0:
            self.chosen.emit(self.current)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Do not search; letters are shortcuts of the page."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """Take all available height."""
        return QSize(100, 200)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The height of one or two rows."""
        return QSize(60, 80)


class _Model(QAbstractListModel):
    """The rows as text, for tool tips and accessibility."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Rows | None = None

    def show_rows(self, rows: Rows) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        return 0 if self.rows is None or parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        roles = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if self.rows is None or not index.isValid() or role not in roles:
            return None
        words = self.rows.hint(index.row())
        return as_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words


class _Delegate(QStyledItemDelegate):
    """Paints a row, and the outline of the current one, which is stronger while the list has the focus."""

    def __init__(self, model: _Model, gap: int, parent: LongList) -> None:
        super().__init__(parent)
        self._model, self._gap, self._list = model, gap, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._model.rows is None:
            return
        place = QRectF(option.rect).adjusted(EDGE, EDGE, -EDGE, EDGE - self._gap)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        self._model.rows.paint(painter, place, index.row(), option.palette)
        painter.restore()
        if index.row() == self._list.current:
            painter.setPen(QPen(option.palette.highlight().color(), 3 if self._list.hasFocus() else 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(-2.5, -2.5, 2.5, 2.5), 8, 8)
        painter.restore()
