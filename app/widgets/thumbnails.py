"""A column of small pictures of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.widgets.pixels import to_image

SIDE, GAP, EDGE = 92, 8, 4


class Thumbnails(QWidget):
    """Shows images with their names as tool tips; `chosen` carries the place of a clicked one."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._images: list[QImage] = []
        self._names: Sequence[str] = ()
        self._current = -1
        self.setFixedWidth(SIDE + 2 * EDGE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("images")

    def show_images(self, images: Sequence[UInt8[np.ndarray, "S S 3"]], names: Sequence[str]) -> None:
        """These images, from top to bottom."""
        self._images = [to_image(image) for image in images]
        self._names = names
        self.setFixedHeight(max(1, len(images) * (SIDE + GAP) - GAP + 2 * EDGE))
        self.update()

    def show_current(self, place: int) -> None:
        """Frame one of them."""
        self._current = place
        self.setAccessibleDescription(self._names[place] if 0 <= place < len(self._names) else "")
        self.update()

    def place(self, number: int) -> QRectF:
        """Where an image is drawn."""
        return QRectF(EDGE, EDGE + number * (SIDE + GAP), SIDE, SIDE)

    def _number_at(self, y: float) -> int | None:
        number = int((y - EDGE) // (SIDE + GAP))
        return number if 0 <= number < len(self._images) else None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The images in sight."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for number, image in enumerate(self._images):
            place = self.place(number)
            if not place.intersects(event.rect().toRectF()):
                continue
            clip = QPainterPath()
            clip.addRoundedRect(place, 6, 6)
            painter.save()
            painter.setClipPath(clip)
            painter.drawImage(place, image)
            painter.restore()
            if number == self._current:
                painter.setPen(QPen(self.palette().highlight().color(), 2))
                painter.drawRoundedRect(place.adjusted(-2.5, -2.5, 2.5, 2.5), 8, 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose an image."""
        if (number := self._number_at(event.position().y())) is not None:
            self.chosen.emit(number)

    def event(self, event: QEvent) -> bool:
        """The name of the image under the pointer."""
        if isinstance(event, QHelpEvent) and (number := self._number_at(event.y())) is not None:
            QToolTip.showText(event.globalPos(), self._names[number], self)
            return True
        return super().event(event)
