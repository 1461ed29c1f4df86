"""Any image file as the network sees it: RGB, square, 100 × 100, by one rule."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image, ImageOps

from pan.system.errors import InputError

MOST_PIXELS = 100_000_000
"""Larger images are refused: decoded they would take gigabytes."""


class Fitted(NamedTuple):
    """An image at the network's size.

    Attributes:
        pixels: What the network sees.
        box: Left, top, width and height of the picture inside it, in pixels; the rest is black.
        original: Width and height of the file's image.
    """

    pixels: UInt8[np.ndarray, "S S 3"]
    box: tuple[int, int, int, int]
    original: tuple[int, int]

    @property
    def description(self) -> str:
        """How it was fitted, for the user."""
        width, height = self.original
        size = self.pixels.shape[0]
        if self.original == (size, size):
            return f"{width} × {height}, shown as the model sees it"
        padded = "" if width == height else ", with black borders"
        return f"{width} × {height}, fitted to {size} × {size}{padded}"


def load_image(path: Path) -> Image.Image:
    """An image file as RGB: any mode, upright, transparency over black, 16 bits scaled to 8.

    Raises:
        InputError: If it is missing, no image, cut short or too large.
    """
    return to_rgb(ImageOps.exif_transpose(open_image(path)))


def open_image(path: Path) -> Image.Image:
    """An image file in its own mode, wholly decoded.

    Raises:
        InputError: If it is missing, no image, cut short or too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # sizes are checked right below
            with Image.open(path) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    raise InputError(f"{path} has {width} × {height} pixels; make it smaller than 100 megapixels.")
                image.load()
                return image.copy()
    except FileNotFoundError as error:
        raise InputError(f"there is no image {path}.") from error
    except Image.DecompressionBombError as error:
        raise InputError(f"{path} has too many pixels; make it smaller than 100 megapixels.") from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise InputError(f"{path} cannot be read as an image; it is of another kind or cut short: "
                         "copy it again or take another.") from error


def to_rgb(image: Image.Image) -> Image.Image:
    """Any of Pillow's modes as RGB."""
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image, np.float32)
        full = 65535.0 if image.mode.startswith("I") else max(1.0, float(np.nanmax(values, initial=0)))
        levels = np.nan_to_num(np.clip(values / full, 0, 1)) * 255
        return Image.fromarray(np.rint(levels).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", rgba.size, (0, 0, 0, 255)), rgba).convert("RGB")
    return image.convert("RGB")


def fit_image(image: Image.Image, size: int) -> Fitted:
    """The whole picture, its aspect kept, centred on black; bilinear with antialiasing."""
    box = fitted_box(image.size, size)
    left, top, width, height = box
    canvas = np.zeros((size, size, 3), np.uint8)
    scaled = image if image.size == (width, height) else image.resize((width, height), Image.Resampling.BILINEAR)
    canvas[top : top + height, left : left + width] = np.asarray(scaled)
    return Fitted(canvas, box, image.size)


def fit_box(
    boxes: Float[np.ndarray, "n 4"], original: tuple[int, int], size: int
) -> Float[np.ndarray, "m 4"]:
    """Boxes (left, top, width, height) of an image as left, top, right and bottom where it is fitted.

    What reaches beyond the image is cut off, and a box that lies wholly beyond it left out.
    """
    left, top, width, height = fitted_box(original, size)
    corners = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1).clip(0, (*original, *original))
    inside = corners[(corners[:, 2:] > corners[:, :2]).all(1)]
    scale = (width / original[0], height / original[1])
    return np.array([left, top, left, top]) + inside * (*scale, *scale)


def fitted_box(original: tuple[int, int], size: int) -> tuple[int, int, int, int]:
    """Left, top, width and height of a picture of `original` width and height where it is fitted."""
    scale = size / max(original)
    width, height = (min(size, max(1, round(side * scale))) for side in original)
    return (size - width) // 2, (size - height) // 2, width, height
