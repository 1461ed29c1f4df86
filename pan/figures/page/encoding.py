"""Numbers and pictures as base64 text in a page."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image


def as_shorts(values: Float[np.ndarray, ...]) -> str:
    """Non-negative numbers in base64: the 16 bits after the sign bit of float32, little-endian.

    They have the range of float32 and a relative error of at most 1/500. Half floats would not do: a product of closed
    gates is 1e-8 and less, below their range.
    """
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return b64encode(((bits + 0x4000) >> 15).astype("<u2").tobytes()).decode()


def as_bytes(levels: UInt8[np.ndarray, ...]) -> str:
    """Bytes in base64."""
    return b64encode(levels.tobytes()).decode()


def as_picture(pixels: UInt8[np.ndarray, "S S 3"]) -> str:
    """A picture as a `data:` URL, compressed without loss."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, format="webp", lossless=True, method=6)
    return f"data:image/webp;base64,{b64encode(file.getvalue()).decode()}"
