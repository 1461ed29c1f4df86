"""A square image with layers: overlay, marks, pointer ring, inset, caption."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QMetaObject, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pan_explorer.values.marks import Mark
from pan_explorer.values.view import WHOLE, Pointer, Viewport
from pan_explorer.widgets.image_painting import paint_caption, paint_inset, paint_mark, paint_ring
from pan_explorer.widgets.pixels import to_image

RADIUS = 6


class LayeredImage(QWidget):
    """Shows a part of an image in the largest square that fits.

    Args:
        smallest: Minimum side in pixels.
    """

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
        self._smallest = smallest
        self.setMinimumSize(smallest, smallest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, pixels: UInt8[np.ndarray, "S S 3"], counted: int | None = None) -> None:
        """Set the image, and the pixels along its side in pointer coordinates if they differ from its own."""
        self._image = to_image(pixels)
        self._pixels = counted or len(pixels)
        self.update()

    def show_overlay(self, rgba: UInt8[np.ndarray, "h w 4"] | None, *, smooth: bool) -> None:
        """Set the overlay, interpolated or as cells; None for none."""
        self._overlay = None if rgba is None else to_image(rgba)
        self._smooth = smooth
        self.update()

    def show_caption(self, text: str) -> None:
        """Set the caption in the corner."""
        self._caption = text
        self.update()

    def show_inset(self, pixels: UInt8[np.ndarray, "s s 3"] | None) -> None:
        """Set the inset in the corner; None for none."""
        if pixels is not None or self._inset is not None:
            self._inset = None if pixels is None else to_image(pixels)
            self.update()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Set the marks."""
        if marks or self._marks:
            self._marks = marks
            self.update()

    def show_viewport(self, viewport: Viewport) -> None:
        """Set the viewport."""
        self._viewport = viewport
        self.update()

    def show_pointer(self, pointer: Pointer | None) -> None:
        """Set the pointer's pixel, which has a ring."""
        self._pointer = pointer
        self.update()

    def frame(self) -> QRectF:
        """The square of the widget that shows the image."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def image_rect(self) -> QRectF:
        """The rectangle of the whole image; when zoomed, most of it is outside the frame."""
        frame = self.frame()
        side = frame.width() / self._viewport.side
        left = frame.center().x() - self._viewport.x * side
        top = frame.center().y() - self._viewport.y * side
        return QRectF(left, top, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint all layers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.frame()
        clip = QPainterPath()
        clip.addRoundedRect(frame, RADIUS, RADIUS)
        painter.setClipPath(clip)
        if self._image is None:
            painter.fillPath(clip, self.palette().button())
            return
        image = self.image_rect()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(image, self._image)
        if self._overlay is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
            painter.drawImage(image, self._overlay)
        for mark in self._marks:
            paint_mark(painter, frame, image, mark)
        if self._pointer is not None:
            scale = image.width() / self._pixels
            paint_ring(painter, image.topLeft() + QPointF(self._pointer.x + 0.5, self._pointer.y + 0.5) * scale)
        if self._inset is not None:
            paint_inset(painter, frame, self._inset)
        if self._caption:
            paint_caption(painter, frame, self._caption)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().highlight().color(), 3))
            painter.drawRoundedRect(frame.adjusted(1.5, 1.5, -1.5, -1.5), RADIUS, RADIUS)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Limit the height to the width, so that no gap separates the image from its neighbours."""
        super().resizeEvent(event)
        if self.maximumHeight() != max(self._smallest, self.width()):
            # The layout must not change during its own work. No timer is used: PySide's single-shot timer never
            # releases a widget that is deleted before it fires.
            QMetaObject.invokeMethod(self, "_limit_height", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _limit_height(self) -> None:
        self.setMaximumHeight(max(self._smallest, self.width()))

    def sizeHint(self) -> QSize:  # noqa: N802
        """The side at a window of 1280 × 800."""
        return QSize(max(300, self._smallest), max(300, self._smallest))
