"""An image view with zoom, pan and a pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent

from pan_explorer.values.view import WHOLE, Pointer, Viewport
from pan_explorer.widgets.layered_image import LayeredImage
from pan_explorer.widgets.shortcut_override import override

ZOOM = 0.85
"""One notch of the wheel, or one press of a key, makes the side of what is seen so many times as large."""
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
STEPS_ACROSS = 28
"""So many presses of an arrow key lead from one edge to the other."""
ZOOMS = {Qt.Key.Key_Plus: ZOOM, Qt.Key.Key_Equal: ZOOM, Qt.Key.Key_Minus: 1 / ZOOM}
KEYS = (*STEPS, *ZOOMS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class ImageView(LayeredImage):
    """Emits the wanted viewport instead of changing it, so that several views can share one viewport."""

    viewport_wanted = Signal(object)  # Viewport
    pointed = Signal(object)  # Pointer | None
    clicked = Signal()

    def __init__(self, *, smallest: int = 120) -> None:
        super().__init__(smallest=smallest)
        self._dragged_from: QPointF | None = None
        self._moved = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _pointer_at(self, position: QPointF) -> Pointer | None:
        if self._image is None or not self.frame().contains(position):
            return None
        x, y = self._in_image(position).toTuple()
        pixel = Pointer(int(x * self._pixels), int(y * self._pixels))
        return pixel if max(pixel) < self._pixels and min(pixel) >= 0 else None

    def _in_image(self, position: QPointF) -> QPointF:
        """A point of the widget, relative to the image's side."""
        image = self.image_rect()
        return (position - image.topLeft()) / image.width()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom around the pixel under the pointer."""
        x, y = self._in_image(event.position()).toTuple()
        self.viewport_wanted.emit(self._viewport.zoomed(ZOOM ** (event.angleDelta().y() / 120), x, y))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move the pointer and zoom from the shortcuts."""
        return override(event, KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrow keys move the pointer, + and - zoom around it, Return clicks, Escape removes it."""
        key = Qt.Key(event.key())
        if key in STEPS and self._image is not None:
            self._step(*STEPS[key])
        elif key in ZOOMS:
            centre = self._pointer_in_image()
            side = self._viewport.side * ZOOMS[key]
            self.viewport_wanted.emit(Viewport.about(centre.x(), centre.y(), side))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        elif key == Qt.Key.Key_Escape:
            self.pointed.emit(None)
        else:
            super().keyPressEvent(event)

    def _pointer_in_image(self) -> QPointF:
        """The pointer relative to the image's side; the viewport's centre if there is none."""
        if self._pointer is None:
            return QPointF(self._viewport.x, self._viewport.y)
        return QPointF((self._pointer.x + 0.5) / self._pixels, (self._pointer.y + 0.5) / self._pixels)

    def _step(self, right: int, down: int) -> None:
        """Move the pointer by a part of the viewport; the viewport follows."""
        now, view = self._pointer_in_image(), self._viewport
        length = max(1 / self._pixels, view.side / STEPS_ACROSS)
        x, y = (min(max(at + length * step, 0.0), 1.0) for at, step in ((now.x(), right), (now.y(), down)))
        half = view.side / 2
        if max(abs(x - view.x), abs(y - view.y)) > half:
            self.viewport_wanted.emit(Viewport.about(view.x + length * right, view.y + length * down, view.side))
        last = self._pixels - 1
        self.pointed.emit(Pointer(min(int(x * self._pixels), last), min(int(y * self._pixels), last)))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Point at nothing."""
        super().focusOutEvent(event)
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a drag or a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag the image, or move the pointer."""
        if self._dragged_from is not None and self._viewport.side < 1:
            step, view = self._in_image(event.position()) - self._in_image(self._dragged_from), self._viewport
            self._dragged_from, self._moved = event.position(), True
            self.viewport_wanted.emit(Viewport.about(view.x - step.x(), view.y - step.y(), view.side))
        self.pointed.emit(self._pointer_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End a drag, or click."""
        if event.button() == Qt.MouseButton.LeftButton and self._dragged_from is not None:
            self._dragged_from = None
            if not self._moved:
                self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802
        """Reset the zoom."""
        self.viewport_wanted.emit(WHOLE)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002, N802
        """Point at nothing."""
        self.pointed.emit(None)
