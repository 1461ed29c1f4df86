"""A composition as an image with what is true of it, by the rules by which scenes are drawn (section 4.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int, UInt8

from pan.data.composer.composition import COLOUR_WORDS, Composition, PlacedDigit, hands
from pan.data.digits.backgrounds import SIZE
from pan.data.digits.glyphs import COLOURS, resize_glyph
from pan.data.digits.scenes import Segmentation, stamp


class ComposedScene(NamedTuple):
    """What a composition looks like.

    Attributes:
        image: The picture.
        segmentation: 0, or 1 + the place of the digit whose ink the pixel shows.
        ink: For each digit, how many pixels it inks, those under other digits too.
    """

    image: UInt8[np.ndarray, "100 100 3"]
    segmentation: Segmentation
    ink: Int[np.ndarray, " n"]

    def hidden(self, place: int) -> float:
        """The share of a digit's ink that lies under others, 0 to 1."""
        return 1 - float((self.segmentation == place + 1).sum()) / float(self.ink[place])


class Known(NamedTuple):
    """What is true of one query.

    Attributes:
        digit: The queried digit.
        colour: The right answer.
        scale: The digit's scale; NaN where it stands in the scene more than once.
        mask: Its ink as far as it is seen.
    """

    digit: int
    colour: str
    scale: float
    mask: Bool[np.ndarray, "100 100"]


def draw(composition: Composition) -> ComposedScene:
    """The image, and whose ink each of its pixels shows."""
    canvas = composition.background.astype(np.float32)
    segmentation = np.zeros((SIZE, SIZE), np.uint8)
    ink = np.empty(len(composition.placed), np.intp)
    for place, digit in enumerate(composition.placed):
        glyph = glyph_of(digit.digit, digit.glyph, digit.side)
        ink[place] = np.count_nonzero(glyph)
        stamp(canvas, segmentation, glyph, COLOURS[COLOUR_WORDS.index(digit.colour)], digit.corner, place)
    return ComposedScene(np.rint(canvas).astype(np.uint8), segmentation, ink)


@lru_cache(maxsize=512)
def glyph_of(digit: int, number: int, side: int) -> UInt8[np.ndarray, "side side"]:
    """One of a digit's handwritings at a size in pixels."""
    glyphs = hands()
    return resize_glyph(glyphs.glyphs[glyphs.by_label[digit][number]], side)


def known(composition: Composition, scene: ComposedScene) -> tuple[Known, ...]:
    """What may be asked with one right answer, in the order of the digits.

    A digit that is seen more than once counts as one where all are of one colour; otherwise it is left out, as is
    one that others hide altogether.
    """
    seen: dict[int, list[int]] = {}
    for place, digit in enumerate(composition.placed):
        if (scene.segmentation == place + 1).any():
            seen.setdefault(digit.digit, []).append(place)
    truths = []
    for number, places in seen.items():
        first, *others = (composition.placed[place] for place in places)
        if all(other.colour == first.colour for other in others):
            mask = np.isin(scene.segmentation, [place + 1 for place in places])
            truths.append(Known(number, first.colour, np.nan if others else first.scale, mask))
    return tuple(truths)


def digit_at(composition: Composition, scene: ComposedScene, x: float, y: float) -> int | None:
    """The place of the digit at a point of the image: the one whose ink is there, else the smallest square about it."""
    if not (0 <= x < SIZE and 0 <= y < SIZE):
        return None
    if inked := int(scene.segmentation[int(y), int(x)]):
        return inked - 1
    about = [(digit.side, -place) for place, digit in enumerate(composition.placed) if _covers(digit, x, y)]
    return -min(about)[1] if about else None


def _covers(digit: PlacedDigit, x: float, y: float) -> bool:
    top, left = digit.corner
    return left <= x < left + digit.side and top <= y < top + digit.side
