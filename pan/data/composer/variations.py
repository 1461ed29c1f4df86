"""Compositions drawn by chance or in a series: random scenes of digits, variations, an object at all scales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from jaxtyping import Float
from PIL import Image, ImageOps

from pan.data.composer.composition import Background, Composition
from pan.data.composer.digit import COLOUR_WORDS, PlacedDigit, hands
from pan.data.composer.drawing import draw
from pan.data.digits.backgrounds import Distractors, black, find_photographs
from pan.data.digits.glyphs import GLYPH, LARGEST, SMALLEST
from pan.data.digits.scenes import FEWEST, MOST, free_square
from pan.system.errors import InputError

SHIFT = 3.0  # pixels
STRETCH = 0.1  # of the scale's logarithm


def random_background(kind: str, rng: np.random.Generator) -> Background:
    """A background as the scenes of a kind have it: black, distractors, or a piece of a photograph.

    Raises:
        InputError: If the kind is unknown.
    """
    match kind:
        case "mref":
            canvas = black(rng)
        case "mdist":
            canvas = Distractors(hands())(rng)
        case "mbg":
            canvas = find_photographs("test", None)(rng)
        case _:
            raise InputError(f"there is no data set “{kind}”; choose one of mref, mdist, mbg.")
    background: Background = np.rint(canvas).astype(np.uint8)
    return background


def background_of(image: Image.Image, side: int) -> Background:
    """The largest square from the middle of an image, at the size of a scene."""
    return np.asarray(ImageOps.fit(image, (side, side), Image.Resampling.BILINEAR))


def random_composition(kind: str, seed: int) -> Composition:
    """Five to nine digits of random colours and scales, none over another, as in the scenes of a kind.

    Raises:
        InputError: If the kind is unknown.
    """
    rng = np.random.default_rng(seed)
    digits = rng.permutation(10)[: rng.integers(FEWEST, MOST + 1)]
    composition = Composition(random_background(kind, rng))
    for digit in digits.tolist():
        square = free_square(draw(composition).segmentation, rng)
        if square is None:
            break
        scale, top, left = square
        half = int(GLYPH * scale) / 2
        glyph = int(rng.integers(len(hands().by_label[digit])))
        colour = COLOUR_WORDS[rng.integers(len(COLOUR_WORDS))]
        placed = PlacedDigit(digit, glyph, colour, scale=scale, x=left + half, y=top + half)
        composition = composition.with_object(placed)
    return composition


def variations(composition: Composition, count: int, seed: int) -> Iterator[Composition]:
    """The scene with each object moved a little, scaled a little and, where it can, with another look.

    Shifts are normal with a deviation of 3 pixels, scales log-normal with one of 0.1. Variation number i of a seed
    is always the same, however many are drawn.
    """
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        varied = composition
        for place, each in enumerate(composition.placed):
            dx, dy = rng.normal(0, SHIFT, 2).tolist()
            scale = each.scale * float(np.exp(rng.normal(0, STRETCH)))
            look = int(rng.integers(each.looks))
            moved = replace(each, scale=scale, x=each.x + dx, y=each.y + dy).with_look(look)
            varied = varied.with_object_changed(place, moved)
        yield varied


def sweep_scales(count: int = 26, largest: float = LARGEST) -> Float[np.ndarray, " count"]:
    """Scales from the smallest to the largest, evenly spaced: those of section 4.1, or to what there is room for."""
    return np.linspace(min(SMALLEST, largest), largest, count)


def scales_of(composition: Composition, place: int) -> Float[np.ndarray, " n"]:
    """The scales at which one object of a scene has room."""
    return sweep_scales(largest=composition.placed[place].largest_scale(composition.side))


def at_scales(composition: Composition, place: int, scales: Float[np.ndarray, " n"]) -> list[Composition]:
    """The scene with one object at each of the scales, about its centre as far as it stays inside the image."""
    placed = composition.placed[place]
    return [composition.with_object_changed(place, replace(placed, scale=scale)) for scale in scales.tolist()]
