"""The base class of objects in a composed scene: position, scale, pixels and ground truth."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, UInt8

from pan.data.digits.glyphs import LARGEST, SMALLEST


class Sprite(NamedTuple):
    """The pixels of an object.

    Attributes:
        colour: RGB, 0 to 255; one for all pixels, or one per pixel.
        opacity: 0 to 255.
    """

    colour: Float[np.ndarray, "... 3"]
    opacity: UInt8[np.ndarray, "h w"]

    @property
    def rgba(self) -> UInt8[np.ndarray, "h w 4"]:
        """The sprite as an RGBA image."""
        rgba = np.empty((*self.opacity.shape, 4), np.uint8)
        rgba[..., :3] = np.rint(self.colour)
        rgba[..., 3] = self.opacity
        return rgba


@dataclass(frozen=True, kw_only=True)
class Placed(ABC):
    """An object in a scene.

    Attributes:
        scale: Its size relative to `own_size`, 0.5 to 3.0.
        x: Centre of its rectangle in pixels from the left edge of the image; the rectangle lies inside the image.
        y: The same from the top edge.
    """

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @property
    @abstractmethod
    def query(self) -> str:
        """Its query."""

    @property
    @abstractmethod
    def answers(self) -> tuple[str, ...]:
        """The right answers; one, unless `several`."""

    @property
    def several(self) -> bool:
        """Whether several answers may be right at once."""
        return False

    @property
    @abstractmethod
    def own_size(self) -> tuple[int, int]:
        """Its height and width at scale 1, in pixels."""

    @property
    @abstractmethod
    def sprite(self) -> Sprite:
        """Its pixels at its scale."""

    @property
    def title(self) -> str:
        """Its query and answers in words."""
        return ", ".join((self.query, *self.answers))

    @property
    def told_scale(self) -> float:
        """Its scale as written to a set's index; NaN if unknown."""
        return self.scale

    @property
    def looks(self) -> int:
        """The number of its looks, such as glyphs of a digit."""
        return 1

    def with_look(self, steps: int) -> Placed:
        """The object with another look, so many steps further."""
        del steps  # most objects have one look
        return self

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of its rectangle in pixels."""
        height, width = self.own_size
        return max(1, int(height * self.scale)), max(1, int(width * self.scale))

    @property
    def corner(self) -> tuple[int, int]:
        """Top and left of its rectangle in pixels."""
        height, width = self.size
        return round(self.y - height / 2), round(self.x - width / 2)

    def covers(self, x: float, y: float) -> bool:
        """Whether a point lies in its rectangle."""
        (top, left), (height, width) = self.corner, self.size
        return left <= x < left + width and top <= y < top + height

    def overlaps(self, other: Placed) -> bool:
        """Whether the two rectangles share a pixel."""
        (top, left), (height, width) = self.corner, self.size
        (other_top, other_left), (other_height, other_width) = other.corner, other.size
        return (top < other_top + other_height and other_top < top + height
                and left < other_left + other_width and other_left < left + width)

    def largest_scale(self, side: int) -> float:
        """The largest scale that fits into an image of that side."""
        return min(LARGEST, side / max(self.own_size))

    def inside(self, side: int) -> Placed:
        """The object at the nearest scale and position inside an image of that side."""
        largest = self.largest_scale(side)
        scaled = replace(self, scale=min(max(self.scale, min(SMALLEST, largest)), largest))
        height, width = scaled.size
        return replace(scaled, x=min(max(self.x, width / 2), side - width / 2),
                       y=min(max(self.y, height / 2), side - height / 2))

    def is_inside(self, side: int) -> bool:
        """Whether it lies inside such an image at a valid scale; False for NaN coordinates."""
        inside = self.inside(side)
        return inside.scale == self.scale and inside.x == self.x and inside.y == self.y
