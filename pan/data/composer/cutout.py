"""Objects cut out of a set's images by their masks, and their placement in a scene."""

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
    """An object cut out of an image of a set; objects compare by identity.

    Attributes:
        query: Its query.
        answer: The right answer.
        rgba: The pixels of its bounding box, transparent outside the mask.
        image: The image it was cut from, as named in the set's index.
        mask: Its mask, as named in the set's index.
        told_scale: Its scale in the index; NaN if the index has none.
    """

    query: str
    answer: str
    rgba: UInt8[np.ndarray, "h w 4"]
    image: str
    mask: str
    told_scale: float = np.nan


def cut(pixels: UInt8[np.ndarray, "S S 3"], mask: Bool[np.ndarray, "S S"]) -> UInt8[np.ndarray, "h w 4"]:
    """The bounding box of a mask, transparent outside the mask.

    Raises:
        InputError: If the mask is empty.
    """
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        raise InputError("the mask is empty, so that nothing can be cut out.")
    rectangle = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.dstack([pixels[rectangle], np.where(mask[rectangle], 255, 0).astype(np.uint8)])


@dataclass(frozen=True)
class PlacedCutout(Placed):
    """A cut-out in a scene.

    Attributes:
        cutout: The object; at scale 1 it has its original size.
    """

    cutout: Cutout

    @property
    def query(self) -> str:
        """Its query in the set."""
        return self.cutout.query

    @property
    def answer(self) -> str:
        """Its answer in the set."""
        return self.cutout.answer

    @property
    def own_size(self) -> tuple[int, int]:
        """Its size in its image."""
        height, width, _ = self.cutout.rgba.shape
        return height, width

    @property
    def sprite(self) -> Sprite:
        """Its pixels; resizing makes soft edges."""
        rgba = _resized(self.cutout, self.size)
        return Sprite(rgba[..., :3].astype(np.float32), rgba[..., 3])

    @property
    def told_scale(self) -> float:
        """The scale in the index times the scale in the scene."""
        return self.cutout.told_scale * self.scale


@lru_cache(maxsize=512)
def _resized(cutout: Cutout, size: tuple[int, int]) -> UInt8[np.ndarray, "h w 4"]:
    height, width = size
    if cutout.rgba.shape[:2] == size:
        return cutout.rgba
    return np.asarray(Image.fromarray(cutout.rgba).resize((width, height), Image.Resampling.BILINEAR))
