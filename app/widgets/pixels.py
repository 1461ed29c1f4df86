"""Arrays as Qt's images."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtGui import QImage


def to_image(pixels: UInt8[np.ndarray, "h w c"]) -> QImage:
    """RGB or RGBA bytes as an image of its own memory."""
    height, width, channels = pixels.shape
    form = QImage.Format.Format_RGBA8888 if channels == 4 else QImage.Format.Format_RGB888
    return QImage(np.ascontiguousarray(pixels).data, width, height, width * channels, form).copy()
