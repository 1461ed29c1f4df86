"""A square image with something laid over it: zoomed with the wheel, dragged, and pointed at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QEvent, QLineF, QMetaObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pan_explorer.values.marks import Mark
from pan_explorer.values.view import WHOLE, Pointer, Viewport
from pan_explorer.widgets.own_keys import keep
from pan_explorer.widgets.pixels import to_image

LARGEST_ZOOM = 16.0
RADIUS = 6
RING = 8.0
DASH = 5.0
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
STEPS_ACROSS = 28
"""So many presses of an arrow key lead from one edge to the other."""
ZOOMS = {Qt.Key.Key_Plus: 0.85, Qt.Key.Key_Equal: 0.85, Qt.Key.Key_Minus: 1 / 0.85}
KEYS = (*STEPS, *ZOOMS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
FULL_LINES = 180
"""Smaller pictures have thinner lines."""
INSET = 0.36
"""Of the side of the image."""


class ImageView(QWidget):
    """Shows what it is given and asks for other views; several are linked by answering all of them alike."""

    viewport_wanted = Signal(object)  # Viewport
    pointed = Signal(object)  # Pointer | None
    clicked = Signal()

    def __init__(self, *, smallest: int = 120) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._overlay: QImage | None = None
        self._smooth = True
        self._inset: QImage | None = None
        self._caption = ""
        self._marks: Sequence[Mark] = ()
        self._pixels = 1
        self._viewport = WHOLE
        self._pointer: Pointer | None = None
        self._dragged_from: QPointF | None = None
        self._moved = False
        self._smallest = smallest
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(smallest, smallest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, pixels: UInt8[np.ndarray, "S S 3"], counted: int | None = None) -> None:
        """The image itself, and how many pixels the pointer counts along its side if they are not its own."""
        self._image = to_image(pixels)
        self._pixels = counted or len(pixels)
        self.update()

    def show_overlay(self, rgba: UInt8[np.ndarray, "h w 4"] | None, *, smooth: bool) -> None:
        """What lies over all of the image, interpolated or as cells; None for nothing."""
        self._overlay = None if rgba is None else to_image(rgba)
        self._smooth = smooth
        self.update()

    def show_caption(self, text: str) -> None:
        """A few words in the corner of the image."""
        self._caption = text
        self.update()

    def show_inset(self, pixels: UInt8[np.ndarray, "s s 3"] | None) -> None:
        """A small picture in the corner; None for none."""
        if pixels is not None or self._inset is not None:
            self._inset = None if pixels is None else to_image(pixels)
            self.update()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Lines over the image."""
        if marks or self._marks:
            self._marks = marks
            self.update()

    def show_viewport(self, viewport: Viewport) -> None:
        """The part of the image to be seen."""
        self._viewport = viewport
        self.update()

    def show_pointer(self, pointer: Pointer | None) -> None:
        """A ring about a pixel."""
        self._pointer = pointer
        self.update()

    def frame(self) -> QRectF:
        """The square in which the image is seen."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def placed(self) -> QRectF:
        """Where the whole image would lie, most of it outside the frame when zoomed."""
        frame = self.frame()
        side = frame.width() / self._viewport.side
        left = frame.center().x() - self._viewport.x * side
        top = frame.center().y() - self._viewport.y * side
        return QRectF(left, top, side, side)

    def _pointer_at(self, position: QPointF) -> Pointer | None:
        if self._image is None or not self.frame().contains(position):
            return None
        placed = self.placed()
        x, y = (position - placed.topLeft()).toTuple()
        pixel = Pointer(int(x / placed.width() * self._pixels), int(y / placed.height() * self._pixels))
        return pixel if max(pixel) < self._pixels and min(pixel) >= 0 else None

    def _want(self, x: float, y: float, side: float) -> None:
        side = min(1.0, max(1 / LARGEST_ZOOM, side))
        half = side / 2
        self.viewport_wanted.emit(Viewport(min(max(x, half), 1 - half), min(max(y, half), 1 - half), side))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """The image, the overlay, the ring and the caption."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.frame()
        clip = QPainterPath()
        clip.addRoundedRect(frame, RADIUS, RADIUS)
        painter.setClipPath(clip)
        if self._image is None:
            painter.fillPath(clip, self.palette().button())
            return
        placed = self.placed()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(placed, self._image)
        if self._overlay is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
            painter.drawImage(placed, self._overlay)
        for mark in self._marks:
            self._paint_mark(painter, placed, mark)
        if self._pointer is not None:
            self._paint_ring(painter, placed, self._pointer)
        if self._inset is not None:
            self._paint_inset(painter, frame, self._inset)
        if self._caption:
            self._paint_caption(painter, frame)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().highlight().color(), 3))
            painter.drawRoundedRect(frame.adjusted(1.5, 1.5, -1.5, -1.5), RADIUS, RADIUS)

    def _paint_mark(self, painter: QPainter, placed: QRectF, mark: Mark) -> None:
        ends = mark.segments * placed.width() + (placed.left(), placed.top())
        lines = [QLineF(*start, *end) for start, end in ends.tolist()]
        thin = min(1.0, max(min(self.width(), self.height()) / FULL_LINES, 0.45))
        for colour, width in ((QColor(0, 0, 0, 190), 3.0 * thin), (QColor(mark.colour), 1.3 * thin)):
            pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            if mark.dashed:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([DASH / width, DASH / width])
            painter.setPen(pen)
            painter.drawLines(lines)

    def _paint_ring(self, painter: QPainter, placed: QRectF, pointer: Pointer) -> None:
        scale = placed.width() / self._pixels
        centre = placed.topLeft() + QPointF((pointer.x + 0.5) * scale, (pointer.y + 0.5) * scale)
        for colour, width in ((QColor(0, 0, 0, 160), 3.5), (QColor(255, 255, 255), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(centre, RING, RING)

    def _paint_inset(self, painter: QPainter, frame: QRectF, inset: QImage) -> None:
        side = frame.width() * INSET
        box = QRectF(frame.right() - side - 8, frame.top() + 8, side, side)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, inset)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255), 1.3))
        painter.drawRect(box)

    def _paint_caption(self, painter: QPainter, frame: QRectF) -> None:
        """In one line, or in one for each of its parts where the picture is narrow."""
        metrics, room = painter.fontMetrics(), int(frame.width()) - 28
        lines = [self._caption] if metrics.horizontalAdvance(self._caption) <= room else self._caption.split(" · ")
        lines = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines]
        width, height = max(map(metrics.horizontalAdvance, lines)) + 14, len(lines) * metrics.height() + 6
        box = QRectF(frame.left() + 8, frame.bottom() - height - 8, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 20, 22, 200))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(240, 240, 242))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom, the pixel under the pointer staying where it is."""
        placed, now = self.placed(), self._viewport
        side = min(1.0, max(1 / LARGEST_ZOOM, now.side * 0.85 ** (event.angleDelta().y() / 120)))
        x, y = ((event.position() - placed.topLeft()) / placed.width()).toTuple()
        kept = side / now.side
        self._want(x + (now.x - x) * kept, y + (now.y - y) * kept, side)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that point and zoom."""
        return keep(event, KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows point at a pixel, + and - zoom about it, Return clicks, Escape points at nothing."""
        key = Qt.Key(event.key())
        if key in STEPS and self._image is not None:
            self._step(*STEPS[key])
        elif key in ZOOMS:
            centre = self._pointer_in_image()
            self._want(centre.x(), centre.y(), self._viewport.side * ZOOMS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        elif key == Qt.Key.Key_Escape:
            self.pointed.emit(None)
        else:
            super().keyPressEvent(event)

    def _pointer_in_image(self) -> QPointF:
        """The pixel pointed at, as shares of the image; the middle of what is seen if there is none."""
        if self._pointer is None:
            return QPointF(self._viewport.x, self._viewport.y)
        return QPointF((self._pointer.x + 0.5) / self._pixels, (self._pointer.y + 0.5) / self._pixels)

    def _step(self, right: int, down: int) -> None:
        """Point further by a part of what is seen, which follows."""
        now, view = self._pointer_in_image(), self._viewport
        length = max(1 / self._pixels, view.side / STEPS_ACROSS)
        x, y = (min(max(at + length * step, 0.0), 1.0) for at, step in ((now.x(), right), (now.y(), down)))
        half = view.side / 2
        if max(abs(x - view.x), abs(y - view.y)) > half:
            self._want(view.x + length * right, view.y + length * down, view.side)
        last = self._pixels - 1
        self.pointed.emit(Pointer(min(int(x * self._pixels), last), min(int(y * self._pixels), last)))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Point at nothing."""
        super().focusOutEvent(event)
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin to drag, or to click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag the image, or point at a pixel of it."""
        if self._dragged_from is not None and self._viewport.side < 1:
            step = (event.position() - self._dragged_from) / self.placed().width()
            self._dragged_from, self._moved = event.position(), True
            self._want(self._viewport.x - step.x(), self._viewport.y - step.y(), self._viewport.side)
        self.pointed.emit(self._pointer_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End of a drag, or a click."""
        if event.button() == Qt.MouseButton.LeftButton and self._dragged_from is not None:
            self._dragged_from = None
            if not self._moved:
                self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802
        """See the whole image again."""
        self.viewport_wanted.emit(WHOLE)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002, N802
        """Point at nothing."""
        self.pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """No higher than wide, so that nothing stands apart from the image when there is room."""
        super().resizeEvent(event)
        if self.maximumHeight() != max(self._smallest, self.width()):
            # Within its layout's own work the layout must not change. Not by a timer: PySide's for a single shot never
            # lets go of a widget that is deleted before.
            QMetaObject.invokeMethod(self, "_limit_height", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _limit_height(self) -> None:
        self.setMaximumHeight(max(self._smallest, self.width()))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As the mock has it at 1280 × 800."""
        return QSize(max(300, self._smallest), max(300, self._smallest))
