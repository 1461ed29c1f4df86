"""Numbers and pictures as text that a page can hold."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image


def as_shorts(values: Float[np.ndarray, ...]) -> str:
    """Numbers that are not negative, in base64: of float32 the 16 bits behind the sign, lowest byte first.

    They keep float32's range and are exact to a five-hundredth of themselves, however small: a product of closed gates
    is 1e-8 and less, where half floats end.
    """
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return b64encode(((bits + 0x4000) >> 15).astype("<u2").tobytes()).decode()


def as_bytes(levels: UInt8[np.ndarray, ...]) -> str:
    """Whole numbers from 0 to 255 in base64."""
    return b64encode(levels.tobytes()).decode()


def as_picture(pixels: UInt8[np.ndarray, "S S 3"]) -> str:
    """A picture as a `data:` address, every pixel as it is."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, format="webp", lossless=True, method=6)
    return f"data:image/webp;base64,{b64encode(file.getvalue()).decode()}"
