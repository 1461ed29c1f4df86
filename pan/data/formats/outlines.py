"""The pixels of an object, in each of the ways that formats give them."""

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
"""Of the polygon that stands for a circle."""

FINER = 4
"""Lines across a pixel when polygons are drawn."""

HALF = 128


@runtime_checkable
class Outline(Protocol):
    """What can be drawn as a mask."""

    def mask(self, size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
        """The object's pixels in a picture of that width and height.

        Raises:
            ValueError: If the outline does not fit such a picture.
            InputError: If a file that holds it cannot be read.
        """
        ...


@dataclass(frozen=True)
class Polygons:
    """Polygons in pixels of the picture; a pixel inside any of them is the object's.

    Attributes:
        rings: The corners of each.
    """

    rings: tuple[tuple[Point, ...], ...]

    def mask(self, size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
        """Pixels of which half or more lies inside; drawn finer, for Pillow fills all that an edge touches."""
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
    """Runs down the columns, as COCO has them.

    Attributes:
        counts: Their lengths, as numbers or as text.
        height: Of the mask.
        width: Of the mask.
    """

    counts: tuple[int, ...] | str
    height: int
    width: int

    def mask(self, size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
        """The mask, which must have the picture's size."""
        if (self.width, self.height) != size:
            raise ValueError(f"a mask of {self.width} × {self.height} pixels is in a picture of {size[0]} × {size[1]}")
        return run_lengths.decode(self.counts, self.height, self.width)


@dataclass(frozen=True)
class Numbered:
    """The pixels of one value in an image of numbers.

    Attributes:
        path: The image's file.
        number: The object's value.
    """

    path: Path
    number: int

    def mask(self, size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
        """The pixels with that number; the file must have the picture's size."""
        image = open_image(self.path)
        if image.mode not in ("1", "L", "P", "I", "I;16", "I;16B"):
            raise InputError(f"{self.path} has colours where it should have an object's number in each pixel; "
                             "save it as a palette or grey PNG.")
        if image.size != size:
            raise ValueError(f"{self.path} has {image.width} × {image.height} pixels, its image {size[0]} × {size[1]}")
        return np.asarray(np.asarray(image) == self.number)


def circle(centre: Point, edge: Point) -> tuple[Point, ...]:
    """The corners of a circle through a point."""
    radius = math.dist(centre, edge)
    turns = np.linspace(0, 2 * math.pi, CORNERS, endpoint=False)
    return tuple(zip((centre[0] + radius * np.cos(turns)).tolist(), (centre[1] + radius * np.sin(turns)).tolist(),
                     strict=True))  # fmt: skip


def rings(given: Sequence[Sequence[Point]]) -> Polygons | None:
    """The polygons of at least three corners, None if there are none."""
    kept = tuple(tuple(ring) for ring in given if len(ring) > 2)
    return Polygons(kept) if kept else None
