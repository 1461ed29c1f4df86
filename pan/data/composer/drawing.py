"""A composition as an image with what is true of it, by the rules by which scenes are drawn (section 4.1)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from pan.data.composer.composition import Composition
from pan.data.composer.placed import Placed


class ComposedScene(NamedTuple):
    """What a composition looks like.

    Attributes:
        image: The picture.
        segmentation: 0, or 1 + the place of the object that the pixel shows.
        ink: For each object, how many pixels it has, those under other objects too.
    """

    image: UInt8[np.ndarray, "S S 3"]
    segmentation: UInt8[np.ndarray, "S S"]
    ink: Int[np.ndarray, " n"]

    def hidden(self, place: int) -> float:
        """The share of an object that lies under others, 0 to 1."""
        return 1 - float((self.segmentation == place + 1).sum()) / max(1.0, float(self.ink[place]))


class Known(NamedTuple):
    """What is true of one query.

    Attributes:
        query: The word.
        answer: The right answer.
        scale: The object's scale as an index tells it; NaN where it stands in the scene more than once.
        mask: Its pixels as far as it is seen.
    """

    query: str
    answer: str
    scale: float
    mask: Bool[np.ndarray, "S S"]


def draw(composition: Composition) -> ComposedScene:
    """The image, and which object each of its pixels shows."""
    canvas = composition.background.astype(np.float32)
    segmentation = np.zeros((composition.side, composition.side), np.uint8)
    ink = np.array([_lay(each, canvas, segmentation, 1 + place) for place, each in enumerate(composition.placed)],
                   np.intp)
    return ComposedScene(np.rint(canvas).astype(np.uint8), segmentation, ink)


def _lay(placed: Placed, canvas: Float[np.ndarray, "S S 3"], segmentation: UInt8[np.ndarray, "S S"], mark: int) -> int:
    """Draw an object over what is there, its pixels into the segmentation too; how many it has."""
    (colour, opacity), (top, left) = placed.sprite, placed.corner
    height, width = opacity.shape
    window = np.s_[top : top + height, left : left + width]
    below = canvas[window]
    below += opacity[..., None] * np.float32(1 / 255) * (colour - below)
    segmentation[window][opacity > 0] = mark
    return int(np.count_nonzero(opacity))


def known(composition: Composition, scene: ComposedScene) -> tuple[Known, ...]:
    """What may be asked with one right answer, in the order of the objects.

    A word that is seen more than once counts as one where all its objects have one answer; otherwise it is left out,
    as is one that others hide altogether.
    """
    seen: dict[str, list[int]] = {}
    for place, each in enumerate(composition.placed):
        if (scene.segmentation == place + 1).any():
            seen.setdefault(each.query, []).append(place)
    truths = []
    for query, places in seen.items():
        first, *others = (composition.placed[place] for place in places)
        if all(other.answer == first.answer for other in others):
            mask = np.isin(scene.segmentation, [place + 1 for place in places])
            truths.append(Known(query, first.answer, np.nan if others else first.told_scale, mask))
    return tuple(truths)


def object_at(composition: Composition, scene: ComposedScene, x: float, y: float) -> int | None:
    """The place of the object at a point of the image: the one that is seen there, else the smallest rectangle."""
    if not (0 <= x < composition.side and 0 <= y < composition.side):
        return None
    if seen := int(scene.segmentation[int(y), int(x)]):
        return seen - 1
    about = [(each.size, -place) for place, each in enumerate(composition.placed) if each.covers(x, y)]
    return -min(about)[1] if about else None
