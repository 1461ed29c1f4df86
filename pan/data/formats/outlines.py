"""Outlines of objects: polygons, run lengths, and images of object numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Bool
from PIL import Image, ImageDraw

from pan.data.formats import run_lengths
from pan.data.opening import open_image
from pan.system.errors import InputError

Point = tuple[float, float]
CORNERS = 64
"""Of the polygon that approximates a circle."""

FINER = 4
"""Supersampling factor for drawing polygons."""

HALF = 128


@runtime_checkable
class Outline(Protocol):
    """An outline that can be drawn as a mask."""

    def mask(self, size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
        """The object's pixels in an image of that width and height.

        Raises:
            ValueError: If the outline does not fit the image.
            InputError: If its file cannot be read.
        """
        ...


@dataclass(frozen=True)
class Polygons:
    """The union of polygons, in pixels of the image.

    Attributes:
        rings: The corners of each polygon.
    """

    rings: tuple[tuple[Point, ...], ...]

    def mask(self, size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
        """Pixels with at least half of their area inside; supersampled, since Pillow fills every pixel at an edge."""
        mask = np.zeros(size[::-1], bool)
        points = np.nan_to_num(np.array([point for ring in self.rings for point in ring]))
        (left, top) = np.floor(points.min(0)).clip(0, size).astype(int).tolist()
        (right, bottom) = np.ceil(points.max(0)).clip(0, size).astype(int).tolist()
        width, height = right - left, bottom - top
        if min(width, height) < 1:
            return mask
        canvas = Image.new("L", (width * FINER, height * FINER))
        draw = ImageDraw.Draw(canvas)
        reach = 4 * max(size)
        for ring in self.rings:
            corners = (np.nan_to_num(np.array(ring)).clip(-reach, reach) - (left, top)) * FINER - 0.5
            draw.polygon([*map(tuple, corners.tolist())], fill=255)
        mask[top:bottom, left:right] = np.asarray(canvas.reduce(FINER)) >= HALF
        return mask


@dataclass(frozen=True)
class RunLengths:
    """Run lengths in column order, as in COCO.

    Attributes:
        counts: The run lengths, as numbers or as COCO's text.
        height: Height of the mask.
        width: Width of the mask.
    """

    counts: tuple[int, ...] | str
    height: int
    width: int

    def mask(self, size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
        """The mask, which must have the image's size."""
        if (self.width, self.height) != size:
            raise ValueError(f"a mask of {self.width} × {self.height} pixels is in a picture of {size[0]} × {size[1]}")
        return run_lengths.decode(self.counts, self.height, self.width)


@dataclass(frozen=True)
class NumberedPixels:
    """The pixels with one value in an image of object numbers.

    Attributes:
        path: The image's file.
        number: The object's number.
    """

    path: Path
    number: int

    def mask(self, size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
        """The pixels with that number; the file must have the image's size."""
        image = open_image(self.path)
        if image.mode not in ("1", "L", "P", "I", "I;16", "I;16B"):
            raise InputError(f"{self.path} must have an object's number in each pixel, but has colours; "
                             "save it as a palette or grey PNG.")
        if image.size != size:
            raise ValueError(f"{self.path} has {image.width} × {image.height} pixels, its image {size[0]} × {size[1]}")
        return np.asarray(np.asarray(image) == self.number)


def circle(centre: Point, edge: Point) -> tuple[Point, ...]:
    """The corners of a polygon for a circle through a point."""
    radius = math.dist(centre, edge)
    turns = np.linspace(0, 2 * math.pi, CORNERS, endpoint=False)
    return tuple(zip((centre[0] + radius * np.cos(turns)).tolist(), (centre[1] + radius * np.sin(turns)).tolist(),
                     strict=True))  # fmt: skip


def rings(given: Sequence[Sequence[Point]]) -> Polygons | None:
    """The polygons with at least three corners, None if there are none."""
    kept = tuple(tuple(ring) for ring in given if len(ring) > 2)
    return Polygons(kept) if kept else None
