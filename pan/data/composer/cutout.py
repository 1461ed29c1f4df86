"""Objects cut out of a set's pictures by their masks, and how they stand in a scene."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Bool, UInt8
from PIL import Image

from pan.data.composer.placed import Placed, Sprite
from pan.system.errors import InputError


@dataclass(frozen=True, eq=False)
class Cutout:
    """An object of a set's picture, which is another one than any that was cut out before.

    Attributes:
        query: The word that asks about it.
        answer: The right answer.
        rgba: Its pixels, transparent beside the mask; its rectangle alone.
        image: The picture it was cut out of, as the set's index names it.
        mask: The mask it was cut out by, likewise.
        told_scale: Its scale as the index tells it; NaN where it does not.
    """

    query: str
    answer: str
    rgba: UInt8[np.ndarray, "h w 4"]
    image: str
    mask: str
    told_scale: float = np.nan


def cut(pixels: UInt8[np.ndarray, "S S 3"], mask: Bool[np.ndarray, "S S"]) -> UInt8[np.ndarray, "h w 4"]:
    """The rectangle about a mask, transparent where the mask is not.

    Raises:
        InputError: If the mask is empty.
    """
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        raise InputError("nothing can be cut out by an empty mask.")
    rectangle = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.dstack([pixels[rectangle], np.where(mask[rectangle], 255, 0).astype(np.uint8)])


@dataclass(frozen=True)
class PlacedCutout(Placed):
    """A cut-out in a scene.

    Attributes:
        cutout: What was cut out; at scale 1 it is as large as it was.
    """

    cutout: Cutout

    @property
    def query(self) -> str:
        """The set's word for it."""
        return self.cutout.query

    @property
    def answer(self) -> str:
        """What the set says of it."""
        return self.cutout.answer

    @property
    def own_size(self) -> tuple[int, int]:
        """As large as it was in its picture."""
        height, width, _ = self.cutout.rgba.shape
        return height, width

    @property
    def sprite(self) -> Sprite:
        """Its pixels; edges are soft where they are resized."""
        rgba = _resized(self.cutout, self.size)
        return Sprite(rgba[..., :3].astype(np.float32), rgba[..., 3])

    @property
    def told_scale(self) -> float:
        """The set's own measure, times the scale here."""
        return self.cutout.told_scale * self.scale


@lru_cache(maxsize=512)
def _resized(cutout: Cutout, size: tuple[int, int]) -> UInt8[np.ndarray, "h w 4"]:
    height, width = size
    if cutout.rgba.shape[:2] == size:
        return cutout.rgba
    return np.asarray(Image.fromarray(cutout.rgba).resize((width, height), Image.Resampling.BILINEAR))
