"""Cut-out objects of a set, a bounded number of them, and random scenes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pan.data.composer.composition import Background, Composition
from pan.data.composer.cutout import Cutout, PlacedCutout, cut
from pan.data.images import fit_image
from pan.data.labelled.index import is_labelled
from pan.data.opening import load_image
from pan.data.reference.index import Row, read_index
from pan.data.reference.reading import read_mask
from pan.data.usual_side import usual_side
from pan.recipes.own import network_side
from pan.system.errors import InputError

MOST_CUT = 48
"""Maximum number of objects to cut out."""
MOST_TRIED = 4 * MOST_CUT
"""Maximum number of empty or unreadable masks to try."""
MOST_IN_SCENE = 5
SCALES = 0.8, 1.2
TRIES = 60
GREY, ROUGHNESS = 110.0, 40.0
"""Mean and standard deviation of noise, in levels of 0 to 255."""


class CutPicture(NamedTuple):
    """One object, and the image it was cut from."""

    cutout: Cutout
    picture: Background


def rows_with_masks(folder: Path) -> list[Row]:
    """The questions of a set whose objects can be cut out.

    Raises:
        InputError: If the set cannot be read, or has no such question.
    """
    if is_labelled(folder):
        raise InputError(f"The questions of “{folder.name}” have several answers. Scenes are composed of objects with "
                         "one answer, so that there are digits instead.")
    rows = [row for row in read_index(folder) if row.mask_name]
    if not rows:
        raise InputError(f"“{folder.name}” has no masks to cut objects out by, so that there are digits instead.")
    return rows


def scene_side(rows: Sequence[Row]) -> int:
    """Side of scenes of a set's objects: the input size of networks trained on the set.

    Raises:
        InputError: If no image can be opened.
    """
    return network_side(usual_side(list(dict.fromkeys(row.image for row in rows))), several=False)


def cut_objects(rows: Sequence[Row], side: int, word: str = "") -> Iterator[CutPicture]:
    """Objects cut out of images at the size of a scene, alternating between queries and answers, in a fixed order.

    Args:
        rows: Questions with masks.
        side: Side of the scene in pixels.
        word: The query of the objects; empty for any.
    """
    cuts = (found for row in islice(_in_turn(rows, word), MOST_TRIED) if (found := _cut(row, side)) is not None)
    return islice(cuts, MOST_CUT)


def _in_turn(rows: Sequence[Row], word: str) -> Iterator[Row]:
    of_words: dict[tuple[str, str], list[Row]] = {}
    for number in np.random.default_rng(0).permutation(len(rows)).tolist():
        row = rows[number]
        if word in ("", row.query):
            of_words.setdefault((row.query, row.answer), []).append(row)
    return (row for row in chain.from_iterable(zip_longest(*of_words.values())) if row is not None)


def _cut(row: Row, side: int) -> CutPicture | None:
    with suppress(InputError):  # the check of the set reports unreadable files
        fitted = fit_image(load_image(row.image), side)
        mask = read_mask(row, fitted.original, side)
        if mask is not None:
            cutout = Cutout(row.query, row.answer, cut(fitted.pixels, mask), row.name, row.mask_name, row.scale)
            return CutPicture(cutout, fitted.pixels)
    return None


def noise(side: int, rng: np.random.Generator) -> Background:
    """Gaussian noise around grey, independent in each channel."""
    levels: Background = np.rint(rng.normal(GREY, ROUGHNESS, (side, side, 3)).clip(0, 255)).astype(np.uint8)
    return levels


def scattered(cutouts: Sequence[Cutout], background: Background, rng: np.random.Generator) -> Composition:
    """A background with a few objects of different queries, without overlap; objects without room are left out."""
    composition = Composition(background, clear=False)
    words: set[str] = set()
    for number in rng.permutation(len(cutouts)).tolist():
        cutout = cutouts[number]
        if cutout.query not in words and len(words) < MOST_IN_SCENE:
            words.add(cutout.query)
            composition = _with_room(composition, PlacedCutout(cutout), rng)
    return composition


def _with_room(composition: Composition, placed: PlacedCutout, rng: np.random.Generator) -> Composition:
    for _ in range(TRIES):
        x, y = (composition.side * rng.random(2)).tolist()
        tried = replace(placed, scale=float(rng.uniform(*SCALES)), x=x, y=y).inside(composition.side)
        if not any(tried.overlaps(each) for each in composition.placed):
            return composition.with_object(tried)
    return composition
