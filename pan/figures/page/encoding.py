"""Numbers and pictures as text that a page can hold."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image


def as_halves(values: Float[np.ndarray, "..."]) -> str:
    """Numbers from 0 to 1 as half floats, lowest byte first, in base64: three digits in two bytes each."""
    return b64encode(values.astype("<f2").tobytes()).decode()


def as_bytes(levels: UInt8[np.ndarray, "..."]) -> str:
    """Whole numbers from 0 to 255 in base64."""
    return b64encode(levels.tobytes()).decode()


def as_picture(pixels: UInt8[np.ndarray, "S S 3"]) -> str:
    """A picture as a `data:` address, every pixel as it is."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, format="webp", lossless=True, method=6)
    return f"data:image/webp;base64,{b64encode(file.getvalue()).decode()}"
