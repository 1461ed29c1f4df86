"""Objects cut out of a set's images by their masks or boxes, and their placement in a scene."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from pan.data.composer.placed import Placed, Sprite
from pan.system.errors import InputError


@dataclass(frozen=True, eq=False)
class Cutout:
    """An object cut out of an image of a set; objects compare by identity.

    Attributes:
        query: Its query.
        answers: The right answers; one, unless `several`.
        rgba: The pixels of its bounding box, transparent outside its outline.
        image: The image it was cut from, as named in the set's index.
        mask: Its mask, as named in the set's index; empty if it was cut out by boxes.
        told_scale: Its scale in the index; NaN if the index has none.
        several: Whether several answers may be right at once in its set.
    """

    query: str
    answers: tuple[str, ...]
    rgba: UInt8[np.ndarray, "h w 4"]
    image: str
    mask: str
    told_scale: float = np.nan
    several: bool = False


def cut(pixels: UInt8[np.ndarray, "S S 3"], opacity: UInt8[np.ndarray, "S S"]) -> UInt8[np.ndarray, "h w 4"]:
    """The smallest rectangle around all that is seen of an object, with its opacity.

    Raises:
        InputError: If nothing is seen of it.
    """
    rows, columns = np.flatnonzero(opacity.any(1)), np.flatnonzero(opacity.any(0))
    if not len(rows):
        raise InputError("the outline is empty, so that nothing can be cut out.")
    rectangle = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.dstack([pixels[rectangle], opacity[rectangle]])


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
    def answers(self) -> tuple[str, ...]:
        """Its answers in the set."""
        return self.cutout.answers

    @property
    def several(self) -> bool:
        """Whether its set allows several."""
        return self.cutout.several

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
