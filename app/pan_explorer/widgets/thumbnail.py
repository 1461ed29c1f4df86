"""A small image with round corners, as lists of images paint it."""

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
    """The image, or an even ground as long as there is none."""
    clip = QPainterPath()
    clip.addRoundedRect(place, RADIUS, RADIUS)
    if pixels is None:
        painter.fillPath(clip, palette.button())
        return
    painter.setClipPath(clip)
    painter.drawImage(place, to_image(pixels))
