"""Painting of thumbnails with round corners, for lists of images."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPalette

from pan_explorer.widgets.pixels import to_image

RADIUS = 6


def paint_thumbnail(
    painter: QPainter, place: QRectF, pixels: UInt8[np.ndarray, "S S 3"] | None, palette: QPalette
) -> None:
    """Paint an image, or a plain rectangle if there is none yet."""
    clip = QPainterPath()
    clip.addRoundedRect(place, RADIUS, RADIUS)
    if pixels is None:
        painter.fillPath(clip, palette.button())
        return
    painter.setClipPath(clip)
    painter.drawImage(place, to_image(pixels))
