"""A canvas over an image on which the cells of an attention map are painted with the mouse."""

from __future__ import annotations

import math
from collections.abc import Collection

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pan_explorer.widgets.brush import Cell, Grid, Place, covered, stroked
from pan_explorer.widgets.cell_drawing import draw_brush, draw_grid
from pan_explorer.widgets.cell_marks import marks
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.pixels import to_image
from pan_explorer.widgets.shortcut_override import override

Key = Qt.Key
STEPS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
PAINTING = (Key.Key_Space, Key.Key_Return, Key.Key_Enter)


class CellCanvas(QWidget):
    """Shows the grid, the marks and the brush; the left button paints, the right one or Alt does the opposite.

    Shift paints all cells. The wheel still zooms, and with Ctrl the image is dragged: all other events go to the
    view. The Tab key gives it the focus; then the arrow keys move the brush and Space paints.

    Args:
        view: The image view below it.
    """

    stroke_begun = Signal()
    painted = Signal(object, bool)  # frozenset of cells, whether to do the opposite of the brush
    stroke_ended = Signal()

    def __init__(self, view: ImageView) -> None:
        super().__init__()
        self._view = view
        self._grid = Grid(1, 1)
        self._where = QRectF(0, 0, 1, 1)
        self._marked: tuple[Grid, Collection[Cell], Collection[Cell]] = (self._grid, (), ())
        self._marks = QImage()
        self._size = 1
        self._brush = QColor()
        self._at: Place | None = None
        self._button = Qt.MouseButton.NoButton
        self._opposite = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.hide()
        cover = QVBoxLayout(view)
        cover.setContentsMargins(0, 0, 0, 0)
        cover.addWidget(self)

    def show_cells(
        self, grid: Grid, where: QRectF, closed: Collection[Cell], opened: Collection[Cell]
    ) -> None:
        """Show a grid with marked cells at a rectangle of the image, relative to the image's side."""
        if where != self._where:
            self._where = where
            self.update()
        if (grid, closed, opened) != self._marked:
            self._grid, self._marked = grid, (grid, closed, opened)
            self._marks = to_image(marks(grid, closed, opened)) if closed or opened else QImage()
            self.update()

    def show_brush(self, size: int, colour: str) -> None:
        """Set the diameter of the brush in cells, and its colour."""
        self._size, self._brush = size, QColor(colour)
        self.update()

    def _place_of(self, position: QPointF) -> Place | None:
        """The pointer's point on the grid, moved to the nearest cell; None outside the image."""
        if not self._view.image_rect().contains(position):
            return None
        placed, (rows, columns) = self._placed(), self._grid
        x, y = (position - placed.topLeft()).toTuple()
        return Place(_between(x / placed.width() * columns, columns), _between(y / placed.height() * rows, rows))

    def _placed(self) -> QRectF:
        """The rectangle of the whole grid, which may exceed the widget."""
        image, where = self._view.image_rect(), self._where
        side = image.width()
        return QRectF(image.left() + side * where.left(), image.top() + side * where.top(),
                      side * where.width(), side * where.height())

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move the brush from the window's shortcuts."""
        return override(event, (*STEPS, *PAINTING)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move the brush by a cell, or paint at its place."""
        held = event.modifiers()
        if event.key() in STEPS:
            right, down = STEPS[Key(event.key())]
            self._at = self._moved(right, down)
            self.update()
        elif event.key() in PAINTING and self._at and not self._button:
            self._opposite = bool(held & Qt.KeyboardModifier.AltModifier)
            self._dab(self._at, fills=bool(held & Qt.KeyboardModifier.ShiftModifier))
            self.stroke_ended.emit()
        else:
            super().keyPressEvent(event)

    def _moved(self, right: int, down: int) -> Place:
        """The centre of the cell next to the brush; of the middle cell if the brush has no place yet."""
        rows, columns = self._grid
        x, y = self._at or Place(columns // 2 - right, rows // 2 - down)
        return Place(min(max(int(x) + right, 0), columns - 1) + 0.5, min(max(int(y) + down, 0), rows - 1) + 0.5)

    def _dab(self, place: Place, *, fills: bool) -> None:
        self.stroke_begun.emit()
        self.painted.emit(self._grid.cells() if fills else covered(place, self._size, self._grid), self._opposite)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a stroke."""
        held = event.modifiers()
        place = self._place_of(event.position())
        paints = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if not paints or held & Qt.KeyboardModifier.ControlModifier or place is None or self._button:
            event.ignore()
            return
        self._button, self._at = event.button(), place
        self._opposite = event.button() == Qt.MouseButton.RightButton or bool(held & Qt.KeyboardModifier.AltModifier)
        self._dab(place, fills=bool(held & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Continue the stroke; the view gets the pointer's position."""
        before, self._at = self._at, self._place_of(event.position())
        if self._button and self._at:
            self.painted.emit(stroked(before or self._at, self._at, self._size, self._grid), self._opposite)
        self.update()
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the stroke."""
        if event.button() != self._button:
            event.ignore()
            return
        self._end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Treat a double click as two single clicks."""
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Show no context menu, because the right button paints."""
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Take the keyboard from the view below."""
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """End the stroke."""
        self._view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._end()
        super().hideEvent(event)

    def _end(self) -> None:
        if self._button:
            self._button = Qt.MouseButton.NoButton
            self.stroke_ended.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Hide the brush."""
        self._at = None
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the grid, the marks and the brush."""
        painter = QPainter(self)
        painter.setClipRect(self._view.frame() & self._view.image_rect())
        placed = self._placed()
        draw_grid(painter, placed, self._grid)
        if not self._marks.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(placed, self._marks)
        if self._at is not None:
            draw_brush(painter, placed, self._grid, covered(self._at, self._size, self._grid), self._brush)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.drawRect(self._view.frame().adjusted(1, 1, -1, -1))


def _between(place: float, cells: int) -> float:
    """The point, or the nearest one on the grid."""
    return min(max(place, 0.0), math.nextafter(cells, 0.0))
