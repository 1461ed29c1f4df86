"""Conversion of arrays to `QImage`."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtGui import QImage

RGB = QImage.Format.Format_RGB888, QImage.Format.Format_RGB32
RGBA = QImage.Format.Format_RGBA8888, QImage.Format.Format_ARGB32_Premultiplied


def to_image(pixels: UInt8[np.ndarray, "h w c"]) -> QImage:
    """RGB or RGBA bytes as an image with its own memory, in the format that Qt paints and scales fastest."""
    form, painted = RGBA if pixels.shape[2] == 4 else RGB
    height, width, channels = pixels.shape
    return QImage(np.ascontiguousarray(pixels).data, width, height, width * channels, form).convertToFormat(painted)
