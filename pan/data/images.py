"""Fits images of any size to the square input of a network."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image


class Fitted(NamedTuple):
    """An image at the network's size.

    Attributes:
        pixels: The network's input.
        box: Left, top, width and height of the picture inside it, in pixels; the rest is black.
        original: Width and height of the original image.
    """

    pixels: UInt8[np.ndarray, "S S 3"]
    box: tuple[int, int, int, int]
    original: tuple[int, int]

    @property
    def description(self) -> str:
        """A description for the user of how the image was fitted."""
        width, height = self.original
        size = self.pixels.shape[0]
        if self.original == (size, size):
            return f"{width} × {height}, shown as the model sees it"
        padded = "" if width == height else ", with black borders"
        return f"{width} × {height}, fitted to {size} × {size}{padded}"


def fit_image(image: Image.Image, size: int) -> Fitted:
    """Scale the whole picture with its aspect ratio kept, centred on black; bilinear with antialiasing."""
    box = fitted_box(image.size, size)
    left, top, width, height = box
    canvas = np.zeros((size, size, 3), np.uint8)
    scaled = image if image.size == (width, height) else image.resize((width, height), Image.Resampling.BILINEAR)
    canvas[top : top + height, left : left + width] = np.asarray(scaled)
    return Fitted(canvas, box, image.size)


def fit_box(
    boxes: Float[np.ndarray, "n 4"], original: tuple[int, int], size: int
) -> Float[np.ndarray, "m 4"]:
    """Convert boxes (left, top, width, height) of an image to left, top, right and bottom in the fitted image.

    Boxes are clipped to the image, and those outside it are left out.
    """
    left, top, width, height = fitted_box(original, size)
    corners = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1).clip(0, (*original, *original))
    inside = corners[(corners[:, 2:] > corners[:, :2]).all(1)]
    scale = (width / original[0], height / original[1])
    return np.array([left, top, left, top]) + inside * (*scale, *scale)


def fitted_box(original: tuple[int, int], size: int) -> tuple[int, int, int, int]:
    """Left, top, width and height in the fitted image of a picture with `original` width and height."""
    scale = size / max(original)
    width, height = (min(size, max(1, round(side * scale))) for side in original)
    return (size - width) // 2, (size - height) // 2, width, height
