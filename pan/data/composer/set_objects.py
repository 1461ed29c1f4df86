"""Cut-out objects of a set, a bounded number of them, and random scenes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pan.data.composer.composition import Background, Composition
from pan.data.composer.cutout import Cutout, PlacedCutout, cut
from pan.data.composer.outlined import Outlined, outlined_questions
from pan.data.images import fit_image
from pan.data.opening import load_image
from pan.data.usual_side import usual_side
from pan.recipes.own import network_side
from pan.recipes.task import Task
from pan.system.errors import InputError

MOST_CUT = 48
"""Maximum number of objects to cut out."""
MOST_TRIED = 4 * MOST_CUT
"""Maximum number of empty or unreadable outlines to try."""
MOST_OF_QUERY = 200
"""Maximum number of questions of one query to keep: a large set has millions, and `MOST_TRIED` are tried at most."""
MOST_IN_SCENE = 5
SCALES = 0.8, 1.2
TRIES = 60
GREY, ROUGHNESS = 110.0, 40.0
"""Mean and standard deviation of noise, in levels of 0 to 255."""


class CutPicture(NamedTuple):
    """One object, and the image it was cut from."""

    cutout: Cutout
    picture: Background


@dataclass(frozen=True, eq=False)
class SetObjects:
    """What can be cut out of a set's images.

    Attributes:
        rows: Questions whose objects are outlined, a bounded number of each query.
        task: The set's words.
        side: Side of scenes in pixels: the input size of networks trained on the set.
    """

    rows: Sequence[Outlined]
    task: Task
    side: int

    @staticmethod
    def of(folder: Path) -> SetObjects:
        """The objects of a set, or of one of its folders of parts.

        Raises:
            InputError: If the set cannot be read, none of its objects is outlined, or no image can be opened.
        """
        rows, task = outlined_questions(folder)
        longest = usual_side(list(dict.fromkeys(row.image for row in rows)))
        return SetObjects(_some(rows), task, network_side(longest, several=task.several))

    def cut(self, word: str = "") -> Iterator[CutPicture]:
        """Objects at the size of a scene, alternating between queries and answers, in a fixed order.

        Args:
            word: The query of the objects; empty for any.
        """
        cuts = (found for row in islice(self._in_turn(word), MOST_TRIED) if (found := self._cut(row)) is not None)
        return islice(cuts, MOST_CUT)

    def _in_turn(self, word: str) -> Iterator[Outlined]:
        of_words: dict[tuple[str, ...], list[Outlined]] = {}
        for number in np.random.default_rng(0).permutation(len(self.rows)).tolist():
            row = self.rows[number]
            if word in ("", row.query):
                of_words.setdefault((row.query, *row.answers), []).append(row)
        return (row for row in chain.from_iterable(zip_longest(*of_words.values())) if row is not None)

    def _cut(self, row: Outlined) -> CutPicture | None:
        with suppress(InputError):  # the check of the set reports unreadable files
            fitted = fit_image(load_image(row.image), self.side)
            rgba = cut(fitted.pixels, row.opacity(fitted))
            cutout = Cutout(row.query, row.answers, rgba, row.name, row.mask_name, row.scale, self.task.several)
            return CutPicture(cutout, fitted.pixels)
        return None


def _some(rows: Sequence[Outlined]) -> list[Outlined]:
    """A random sample of the rows of each query, in their order, the same each time; all rows where there are few."""
    kept: list[int] = []
    of_queries: Counter[str] = Counter()
    for number in np.random.default_rng(0).permutation(len(rows)).tolist():
        query = rows[number].query
        if of_queries[query] < MOST_OF_QUERY:
            of_queries[query] += 1
            kept.append(number)
    return [rows[number] for number in sorted(kept)]


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
