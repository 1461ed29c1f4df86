"""Sizes, colours and resampling of glyphs and patches (section 4.1 and the released code)."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int, UInt8
from PIL import Image

GLYPH = 28
SMALLEST, LARGEST = 0.5, 3.0
COLOURS = np.array([(146, 16, 16), (255, 241, 78), (16, 166, 81), (16, 98, 192), (224, 224, 224)], np.float32)
"""In the order of the task's answers: red, yellow, green, blue, white."""
COLOUR_NOISE = 10.0


def resize_glyph(glyph: UInt8[np.ndarray, "h w"], side: int) -> UInt8[np.ndarray, "side side"]:
    """A square glyph at another size, by Pillow's antialiased bilinear filter."""
    image = Image.frombuffer("L", glyph.shape[::-1], glyph.tobytes(), "raw", "L", 0, 1)  # fromarray takes twice as long
    return np.frombuffer(image.resize((side, side), Image.Resampling.BILINEAR).tobytes(), np.uint8).reshape(side, side)


def mix_paints(colours: Int[np.ndarray, " n"], rng: np.random.Generator) -> Float[np.ndarray, "n 3"]:
    """RGB values of the colours, with one Gaussian offset per digit added to all three channels."""
    noise = rng.normal(0.0, COLOUR_NOISE, (len(colours), 1)).astype(np.float32)
    paints: Float[np.ndarray, "n 3"] = COLOURS[colours] + noise
    return paints.clip(0, 255)
