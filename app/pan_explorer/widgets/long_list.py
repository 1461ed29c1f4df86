"""A column of any number of rows, of which only those in sight are painted."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

EDGE = 4


class Rows(Protocol):
    """What stands in the rows."""

    @property
    def height(self) -> int:
        """Pixels from one row to the next."""

    def paint(self, painter: QPainter, place: QRectF, number: int, palette: QPalette) -> None:
        """Draw a row."""

    def hint(self, number: int) -> str:
        """A row in words."""

    def __len__(self) -> int: ...


class LongList(QAbstractScrollArea):
    """Shows rows of which one is chosen; `chosen` carries the number of a clicked one.

    Its cost does not grow with the rows: a hundred thousand are as quick as ten.
    """

    chosen = Signal(int)

    def __init__(self, *, name: str, gap: int) -> None:
        """Args: the accessible name, and the pixels between the frame of a row and the next row."""
        super().__init__()
        self._rows: Rows | None = None
        self._current = -1
        self._gap = gap
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(name)

    @property
    def current(self) -> int:
        """The framed row, -1 for none."""
        return self._current

    def show_rows(self, rows: Rows) -> None:
        """These rows, from the top."""
        self._current = -1
        self.verticalScrollBar().setValue(0)
        self.renew(rows)

    def renew(self, rows: Rows) -> None:
        """The same rows with something else in them."""
        self._rows = rows
        self._measure()
        self.viewport().update()

    def show_current(self, number: int) -> None:
        """Frame a row and bring it into sight."""
        self._current = number
        rows = self._rows
        known = rows is not None and 0 <= number < len(rows)
        self.setAccessibleDescription(rows.hint(number) if rows is not None and known else "")
        if rows is not None and known:
            bar, top = self.verticalScrollBar(), number * rows.height
            bar.setValue(min(max(bar.value(), top + rows.height + 2 * EDGE - self.viewport().height()), top))
        self.viewport().update()

    def place(self, number: int) -> QRectF:
        """Where a row is drawn in the viewport, which it may lie outside."""
        height = self._rows.height if self._rows else 0
        top = EDGE + number * height - self.verticalScrollBar().value()
        width = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * EDGE  # the same with and without it
        return QRectF(EDGE, top, width, height - self._gap)

    def number_at(self, position: QPoint) -> int | None:
        """The row at a place of the viewport."""
        if self._rows is None:
            return None
        number = (position.y() + self.verticalScrollBar().value() - EDGE) // self._rows.height
        return number if 0 <= number < len(self._rows) else None

    def _measure(self) -> None:
        if self._rows is None:
            return
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, len(self._rows) * self._rows.height - self._gap + 2 * EDGE - seen))
        bar.setPageStep(seen)
        bar.setSingleStep(max(1, self._rows.height // 3))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """The rows in sight."""
        rows = self._rows
        if rows is None or not len(rows):
            return
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        first = max(0, (self.verticalScrollBar().value() - EDGE) // rows.height)
        last = min(len(rows) - 1, (self.verticalScrollBar().value() + self.viewport().height()) // rows.height)
        for number in range(last, first - 1, -1):  # what is asked for last is read first: the top row
            place = self.place(number)
            painter.save()
            rows.paint(painter, place, number, self.palette())
            painter.restore()
            if number == self._current:
                painter.setPen(QPen(self.palette().highlight().color(), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(-2.5, -2.5, 2.5, 2.5), 8, 8)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802
        """Rows are painted where they are now."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802
        """More rows, or fewer, are in sight."""
        self._measure()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose a row."""
        if (number := self.number_at(event.position().toPoint())) is not None:
            self.chosen.emit(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The end of a click means nothing more."""
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """The row under the pointer in words."""
        if isinstance(event, QHelpEvent):
            if self._rows is not None and (number := self.number_at(event.pos())) is not None:
                QToolTip.showText(event.globalPos(), self._rows.hint(number), self)
            return True
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as there is room."""
        return QSize(100, 200)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A row or two."""
        return QSize(60, 80)
