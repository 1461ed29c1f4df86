"""A colour bar, from low to high."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from pan_explorer.widgets.pixels import to_image


class ColourBar(QWidget):
    """Shows the colours only; labels beside it give the values of its ends."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setFixedHeight(10)
        self.setAccessibleName("colour bar")

    def show_colours(self, colours: UInt8[np.ndarray, "n 3"]) -> None:
        """Show these colours, from low to high."""
        self._image = to_image(colours[None])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the bar with round ends."""
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(clip)
        painter.drawImage(QRectF(self.rect()), self._image)
