"""Rendering of a composition and its ground truth, by the rules for drawn scenes (section 4.1)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from pan.data.composer.composition import Composition
from pan.data.composer.placed import Placed


class ComposedScene(NamedTuple):
    """A rendered composition.

    Attributes:
        image: The image.
        segmentation: For each pixel 1 + the index of its object, or 0 for the background.
        ink: Number of pixels of each object, including hidden ones.
    """

    image: UInt8[np.ndarray, "S S 3"]
    segmentation: UInt8[np.ndarray, "S S"]
    ink: Int[np.ndarray, " n"]

    def hidden(self, place: int) -> float:
        """The occluded share of an object, 0 to 1."""
        return 1 - float((self.segmentation == place + 1).sum()) / max(1.0, float(self.ink[place]))


class Known(NamedTuple):
    """The ground truth of one query.

    Attributes:
        query: The query.
        answers: The right answers.
        scale: The object's scale as written to an index; NaN if the scene has several such objects.
        mask: Its visible pixels.
    """

    query: str
    answers: tuple[str, ...]
    scale: float
    mask: Bool[np.ndarray, "S S"]


def draw(composition: Composition) -> ComposedScene:
    """Render the image and its segmentation."""
    canvas = composition.background.astype(np.float32)
    segmentation = np.zeros((composition.side, composition.side), np.uint8)
    ink = np.array([_lay(each, canvas, segmentation, 1 + place) for place, each in enumerate(composition.placed)],
                   np.intp)
    return ComposedScene(np.rint(canvas).astype(np.uint8), segmentation, ink)


def _lay(placed: Placed, canvas: Float[np.ndarray, "S S 3"], segmentation: UInt8[np.ndarray, "S S"], mark: int) -> int:
    """Draw an object into the image and the segmentation; returns its number of pixels."""
    (colour, opacity), (top, left) = placed.sprite, placed.corner
    height, width = opacity.shape
    window = np.s_[top : top + height, left : left + width]
    below = canvas[window]
    below += opacity[..., None] * np.float32(1 / 255) * (colour - below)
    segmentation[window][opacity > 0] = mark
    return int(np.count_nonzero(opacity))


def known(composition: Composition, scene: ComposedScene) -> tuple[Known, ...]:
    """The queries whose right answers are clear, in the order of the objects.

    A query with several visible objects is kept if they have the same answers, and left out otherwise. So is a query
    whose objects are fully occluded.
    """
    seen: dict[str, list[int]] = {}
    for place, each in enumerate(composition.placed):
        if (scene.segmentation == place + 1).any():
            seen.setdefault(each.query, []).append(place)
    truths = []
    for query, places in seen.items():
        first, *others = (composition.placed[place] for place in places)
        if all(set(other.answers) == set(first.answers) for other in others):
            mask = np.isin(scene.segmentation, [place + 1 for place in places])
            truths.append(Known(query, first.answers, np.nan if others else first.told_scale, mask))
    return tuple(truths)


def object_at(composition: Composition, scene: ComposedScene, x: float, y: float) -> int | None:
    """The index of the object at a point of the image: the visible one, else the one with the smallest rectangle."""
    if not (0 <= x < composition.side and 0 <= y < composition.side):
        return None
    if seen := int(scene.segmentation[int(y), int(x)]):
        return seen - 1
    about = [(each.size, -place) for place, each in enumerate(composition.placed) if each.covers(x, y)]
    return -min(about)[1] if about else None
