"""Lines drawn over an image to mark a region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

Segments = Float[np.ndarray, "n 2 2"]
"""n straight lines, each from one point to another; a point is x and y as shares of the image's side."""


@dataclass(frozen=True, eq=False)
class Mark:
    """Some lines over an image.

    Attributes:
        segments: The lines.
        dashed: Whether they are dashed.
        colour: `#RRGGBB`; each line is drawn over a wider dark one, so white is visible on any image.
    """

    segments: Segments
    dashed: bool = False
    colour: str = "#FFFFFF"


def polygon(points: Float[np.ndarray, "n 2"]) -> Segments:
    """The segments of a closed polygon."""
    return np.stack([points, np.roll(points, -1, axis=0)], axis=1)


def rectangle(left: float, top: float, right: float, bottom: float) -> Segments:
    """The outline of a rectangle."""
    return polygon(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64))


def inside(corners: Float[np.ndarray, "n 2"], size: int) -> Bool[np.ndarray, "size size"]:
    """The pixels in a convex polygon whose corners are shares of the image's side."""
    places = (np.arange(size) + 0.5) / size
    x, y = np.meshgrid(places, places)
    sides = np.stack([
        (right[0] - left[0]) * (y - left[1]) - (right[1] - left[1]) * (x - left[0])
        for left, right in zip(corners, np.roll(corners, -1, axis=0), strict=True)
    ])  # fmt: skip
    return np.asarray((sides >= 0).all(0) | (sides <= 0).all(0))


def outline(mask: Bool[np.ndarray, "S S"]) -> Segments:
    """The edges between pixels inside and outside a mask."""
    padded = np.pad(mask, 1)
    rows, columns = np.nonzero(padded[1:, 1:-1] != padded[:-1, 1:-1])
    level = np.stack([np.stack([columns, rows], -1), np.stack([columns + 1, rows], -1)], 1)
    rows, columns = np.nonzero(padded[1:-1, 1:] != padded[1:-1, :-1])
    upright = np.stack([np.stack([columns, rows], -1), np.stack([columns, rows + 1], -1)], 1)
    segments: Segments = np.concatenate([level, upright]) / len(mask)
    return segments
