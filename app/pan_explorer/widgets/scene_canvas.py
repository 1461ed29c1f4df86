"""A square image whose objects are selected, moved and resized with the mouse; coordinates are image pixels."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pan_explorer.widgets.pixels import to_image
from pan_explorer.widgets.shortcut_override import override

RADIUS = 6
HANDLE, REACH = 8.0, 7.0
"""A handle's side, and how near to its middle a press must be, in pixels of the screen."""
GHOST = 0.6
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
STEPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
SCALES = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0}
"""Notches of a wheel."""
KEYS = (*ARROWS, *STEPS, *SCALES, Qt.Key.Key_Escape)
LONG_STEP = 5.0
DIAGONALS = (Qt.CursorShape.SizeBDiagCursor, Qt.CursorShape.SizeFDiagCursor)


class SceneCanvas(QWidget):
    """Shows a scene and a selection frame, and emits the user's actions; it changes nothing itself."""

    pressed = Signal(float, float)
    dragged = Signal(float, float)
    handle_pressed = Signal()  # a handle of the frame
    handle_dragged = Signal(float)  # the new size divided by the size when the handle was pressed
    released = Signal()
    hovered = Signal(float, float)
    wheeled = Signal(float)  # notches, positive away from the user
    nudged = Signal(float, float)  # by arrow keys, one pixel, or five with Shift
    stepped = Signal(int)  # by Page Up and Page Down, to the previous or next object
    dismissed = Signal()  # by the Escape key

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._pixels = 1
        self._frame: QRectF | None = None
        self._ghost: QImage | None = None
        self._pointer: QPointF | None = None
        self._grabbed: tuple[QRectF, QPointF] | None = None  # the frame then, and from the pointer to the handle
        self._dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("scene")

    def show_image(self, pixels: UInt8[np.ndarray, "S S 3"]) -> None:
        """Show the image of a scene."""
        self._image, self._pixels = to_image(pixels), pixels.shape[0]
        self.update()

    def show_frame(self, left: float, top: float, width: float, height: float) -> None:
        """Show a frame with handles."""
        self._frame = QRectF(left, top, width, height)
        self.update()

    def hide_frame(self) -> None:
        """Hide the frame."""
        self._frame = None
        self.update()

    def show_ghost(self, rgba: UInt8[np.ndarray, "h w 4"] | None) -> None:
        """Show a preview of the object that a click places, at the pointer; None for none."""
        self._ghost = None if rgba is None else to_image(rgba)
        self.update()

    def show_grip(self, *, there: bool) -> None:
        """Show by the cursor whether the pointer is over something to drag."""
        self.setCursor(Qt.CursorShape.SizeAllCursor if there else Qt.CursorShape.ArrowCursor)

    def to_scene(self, position: QPointF) -> QPointF:
        """A point of the widget in image pixels."""
        placed = self._placed()
        return (position - placed.topLeft()) * (self._pixels / placed.width())

    def from_scene(self, place: QPointF) -> QPointF:
        """A point of the image in widget pixels."""
        placed = self._placed()
        return placed.topLeft() + place * (placed.width() / self._pixels)

    def _placed(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _framed(self) -> QRectF | None:
        """The frame in widget pixels."""
        if self._frame is None:
            return None
        placed, frame = self._placed(), self._frame
        scale = placed.width() / self._pixels
        return QRectF(placed.topLeft() + frame.topLeft() * scale, frame.size() * scale)

    def _handles(self) -> list[QPointF]:
        framed = self._framed()
        if framed is None:
            return []
        return [framed.topLeft(), framed.topRight(), framed.bottomLeft(), framed.bottomRight()]

    def _handle_at(self, position: QPointF) -> int | None:
        """The index of the handle at a position."""
        for number, each in enumerate(self._handles()):
            if max(abs(position.x() - each.x()), abs(position.y() - each.y())) <= REACH:
                return number
        return None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the scene, the preview, the frame and its handles."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        placed = self._placed()
        clip = QPainterPath()
        clip.addRoundedRect(placed, RADIUS, RADIUS)
        painter.setClipPath(clip)
        if self._image is None:
            painter.fillPath(clip, self.palette().button())
            return
        painter.drawImage(placed, self._image)
        self._paint_ghost(painter, placed)
        painter.setClipping(False)
        if (framed := self._framed()) is not None:
            self._paint_frame(painter, framed)
        edge = self.palette().highlight().color() if self.hasFocus() else self.palette().mid().color()
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(placed.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _paint_ghost(self, painter: QPainter, placed: QRectF) -> None:
        if self._ghost is None or self._pointer is None or not placed.contains(self._pointer):
            return
        drawn = QRectF(QPointF(), self._ghost.size().toSizeF() * (placed.width() / self._pixels))
        drawn.moveCenter(self._pointer)
        painter.setOpacity(GHOST)
        painter.drawImage(drawn, self._ghost)
        painter.setOpacity(1)

    def _paint_frame(self, painter: QPainter, framed: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 170), 3.0), (QColor(255, 255, 255), 1.25)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(framed)
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
        painter.setBrush(QColor(255, 255, 255))
        for each in self._handles():
            painter.drawRect(QRectF(each.x() - HANDLE / 2, each.y() - HANDLE / 2, HANDLE, HANDLE))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Grab a handle or an object."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self.to_scene(event.position())
        handle = self._handle_at(event.position())
        if handle is not None and self._frame is not None:
            self._grabbed = self._frame, self.to_scene(self._handles()[handle]) - place
            self.handle_pressed.emit()
        else:
            self._dragging = True
            self.pressed.emit(*place.toTuple())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move or resize, or update the cursor."""
        self._pointer = event.position()
        place = self.to_scene(event.position())
        if self._grabbed is not None:
            frame, grip = self._grabbed
            away = place + grip - frame.center()
            self.handle_dragged.emit(2 * max(abs(away.x()) / frame.width(), abs(away.y()) / frame.height()))
        elif self._dragging:
            self.dragged.emit(*place.toTuple())
        else:
            self.hovered.emit(*place.toTuple())
            if (handle := self._handle_at(event.position())) is not None:
                self.setCursor(DIAGONALS[handle in (0, 3)])
        if self._ghost is not None:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Release the handle or object."""
        if event.button() == Qt.MouseButton.LeftButton and (self._dragging or self._grabbed):
            self._dragging, self._grabbed = False, None
            self.released.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Emit the turn of the wheel."""
        self.wheeled.emit(event.angleDelta().y() / 120)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from the shortcuts."""
        return override(event, KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrow keys move, + and - resize, Page Up and Page Down change the selection, Escape clears it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in STEPS:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        elif event.key() in SCALES:
            self.wheeled.emit(SCALES[Qt.Key(event.key())])
        elif (step := ARROWS.get(Qt.Key(event.key()))) is not None:
            length = LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            self.nudged.emit(step[0] * length, step[1] * length)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002, N802
        """Hide the preview."""
        self._pointer = None
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Take all available room."""
        return QSize(480, 480)
