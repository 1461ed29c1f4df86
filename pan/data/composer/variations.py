"""Random scenes of digits, random variations of a scene, and series of one object at all scales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from jaxtyping import Float
from PIL import Image, ImageOps

from pan.data.composer.composition import Background, Composition
from pan.data.composer.digit import COLOUR_WORDS, PlacedDigit, digit_glyphs
from pan.data.composer.drawing import draw
from pan.data.digits.backgrounds import Distractors, black, find_photographs
from pan.data.digits.glyphs import GLYPH, LARGEST, SMALLEST
from pan.data.digits.scenes import FEWEST, MOST, free_square
from pan.system.errors import InputError

SHIFT = 3.0  # pixels
STRETCH = 0.1  # standard deviation of the scale's logarithm


def random_background(kind: str, rng: np.random.Generator) -> Background:
    """A background of a data set: black, distractors, or a crop of a photograph.

    Raises:
        InputError: If the kind is unknown.
    """
    match kind:
        case "mref":
            canvas = black(rng)
        case "mdist":
            canvas = Distractors(digit_glyphs())(rng)
        case "mbg":
            canvas = find_photographs("test", None)(rng)
        case _:
            raise InputError(f"there is no data set “{kind}”; choose one of mref, mdist, mbg.")
    background: Background = np.rint(canvas).astype(np.uint8)
    return background


def background_of(image: Image.Image, side: int) -> Background:
    """The largest centre crop of an image, resized to a scene."""
    return np.asarray(ImageOps.fit(image, (side, side), Image.Resampling.BILINEAR))


def random_composition(kind: str, seed: int) -> Composition:
    """Five to nine digits with random colours and scales, without overlap, as in the scenes of a data set.

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
        glyph = int(rng.integers(len(digit_glyphs().by_label[digit])))
        colour = COLOUR_WORDS[rng.integers(len(COLOUR_WORDS))]
        placed = PlacedDigit(digit, glyph, colour, scale=scale, x=left + half, y=top + half)
        composition = composition.with_object(placed)
    return composition


def variations(composition: Composition, count: int, seed: int) -> Iterator[Composition]:
    """The scene with each object slightly moved and scaled and, if possible, with another look.

    Shifts are normal with a standard deviation of 3 pixels, scales log-normal with one of 0.1. Variation i of a seed
    does not depend on the count.
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
    """Evenly spaced scales from the smallest to the largest: that of section 4.1, or the largest that fits."""
    return np.linspace(min(SMALLEST, largest), largest, count)


def scales_of(composition: Composition, place: int) -> Float[np.ndarray, " n"]:
    """The scales at which one object fits into its scene."""
    return sweep_scales(largest=composition.placed[place].largest_scale(composition.side))


def at_scales(composition: Composition, place: int, scales: Float[np.ndarray, " n"]) -> list[Composition]:
    """The scene with one object at each of the scales, around its centre if that keeps it inside the image."""
    placed = composition.placed[place]
    return [composition.with_object_changed(place, replace(placed, scale=scale)) for scale in scales.tolist()]
