"""Masks of any kind of image file by one rule: what is seen, and is not black, is the queried object.

- Where a mask has an alpha channel with transparent pixels in it, the others are the object, whatever their colour.
- Else those pixels are the object that are not black: of greys and of numbers of 1, 8, 16 or 32 bits those above 0, of
  colours those with a channel above 0. A palette counts by its colours, not by their numbers, unless all are black.
- A JPEG or a lossy WebP blurs black: there a pixel is the object if it is brighter than half of white.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from jaxtyping import Bool
from PIL import Image

from pan.data.images import fitted_box
from pan.data.opening import open_image
from pan.system.errors import InputError
from pan.system.quiet import no_warnings

HALF = 128
COLOURS = {"P": "RGB", "PA": "RGB", "CMYK": "RGB", "YCbCr": "RGB", "LAB": "RGB", "HSV": "RGB", "RGBA": "RGB",
           "RGBX": "RGB", "RGBa": "RGB", "LA": "L", "La": "L"}  # fmt: skip
"""Modes that are converted before their channels are looked at."""


def load_mask(path: Path) -> Bool[np.ndarray, "h w"]:
    """The queried object's pixels in a mask's file.

    Raises:
        InputError: If it is missing, no image, cut short or too large, or a lossy image that shows no object.
    """
    image = open_image(path)
    if not _is_lossy(path):
        return object_pixels(image)
    bright = np.asarray(image.convert("L")) >= HALF
    if not bright.any() and object_pixels(image).any():
        raise InputError(f"{path} is a lossy image in which nothing is brighter than half of white, so that the object "
                         "cannot be told from blur; save it as PNG.")
    return bright


@no_warnings()  # Pillow has an opinion on palettes with transparency
def object_pixels(image: Image.Image) -> Bool[np.ndarray, "h w"]:
    """The queried object's pixels in a mask that was kept without loss."""
    if image.has_transparency_data:
        alpha = np.asarray(image.convert("RGBA"))[..., 3]
        if not alpha.all():
            return alpha > 0
    shown = np.asarray(image.convert(COLOURS[image.mode]) if image.mode in COLOURS else image)
    pixels = (shown.reshape(image.height, image.width, -1) > 0).any(-1)
    if image.mode in ("P", "PA") and not pixels.any():
        return np.asarray(image.getchannel(0)) > 0
    return np.asarray(pixels)


def fit_mask(mask: Bool[np.ndarray, "h w"], size: int) -> Bool[np.ndarray, "size size"]:
    """A mask fitted as its image is, by nearest neighbours."""
    left, top, width, height = fitted_box((mask.shape[1], mask.shape[0]), size)
    canvas = np.zeros((size, size), bool)
    scaled = Image.fromarray(mask).resize((width, height), Image.Resampling.NEAREST)
    canvas[top : top + height, left : left + width] = np.asarray(scaled)
    return canvas


def _is_lossy(path: Path) -> bool:
    """By the first bytes of the file, whatever it is called."""
    with path.open("rb") as file:
        head = file.read(16)
    return head[:2] == b"\xff\xd8" or (head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8 ")
