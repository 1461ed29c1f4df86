"""Reads masks from image files of any type. Visible pixels that are not black are the queried object.

- If a mask has transparent pixels, all other pixels are the object, of any colour.
- Otherwise the pixels that are not black are the object: values above 0, or colours with a channel above 0. In a
  palette image the colours count, unless all of them are black; then the indices count.
- In a JPEG or lossy WebP, where black is blurred, pixels brighter than half of white are the object.
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
"""Modes that are converted before their channels are compared with 0."""


def load_mask(path: Path) -> Bool[np.ndarray, "h w"]:
    """The queried object's pixels in a mask's file.

    Raises:
        InputError: If it is missing, not an image, truncated or too large, or a lossy image without bright pixels.
    """
    image = open_image(path)
    if not _is_lossy(path):
        return object_pixels(image)
    bright = np.asarray(image.convert("L")) >= HALF
    if not bright.any() and object_pixels(image).any():
        raise InputError(f"{path} is a lossy image with no pixel brighter than half of white, so that the object "
                         "cannot be distinguished from blur; save it as PNG.")
    return bright


@no_warnings()  # Pillow warns about palettes with transparency
def object_pixels(image: Image.Image) -> Bool[np.ndarray, "h w"]:
    """The queried object's pixels in a mask without lossy compression."""
    if image.has_transparency_data:
        alpha = np.asarray(image.convert("RGBA"))[..., 3]
        if not alpha.all():
            return alpha > 0
    shown = np.asarray(image.convert(COLOURS[image.mode]) if image.mode in COLOURS else image)
    pixels = (shown.reshape(image.height, image.width, -1) > 0).any(-1)
    if image.mode in ("P", "PA") and not pixels.any():
        return np.asarray(image.getchannel(0)) > 0
    return np.asarray(pixels)


def check_mask_size(mask: Bool[np.ndarray, "h w"], image_size: tuple[int, int], what: str) -> None:
    """Check that a mask has the size of its image.

    Args:
        mask: The mask.
        image_size: Width and height of the image.
        what: The mask, for the message: its place in an index, if known, and its file.

    Raises:
        InputError: If it has another size.
    """
    height, width = mask.shape
    if (width, height) != image_size:
        raise InputError(f"{what} has {width} × {height} pixels, its image {image_size[0]} × {image_size[1]}.")


def fit_mask(mask: Bool[np.ndarray, "h w"], size: int) -> Bool[np.ndarray, "size size"]:
    """Fit a mask as its image is fitted, with nearest-neighbour resampling."""
    left, top, width, height = fitted_box((mask.shape[1], mask.shape[0]), size)
    canvas = np.zeros((size, size), bool)
    scaled = Image.fromarray(mask).resize((width, height), Image.Resampling.NEAREST)
    canvas[top : top + height, left : left + width] = np.asarray(scaled)
    return canvas


def _is_lossy(path: Path) -> bool:
    """Whether the file's first bytes are those of a JPEG or a lossy WebP."""
    with path.open("rb") as file:
        head = file.read(16)
    return head[:2] == b"\xff\xd8" or (head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8 ")
