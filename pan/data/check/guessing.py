"""Guessing baselines on a set in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pan.data.check.rows import Asked, read_rows
from pan.data.guesses import Guesses, Question, guesses_from
from pan.data.parts import Part, set_of
from pan.system.errors import InputError


def guesses_on(data: Path, part: Part) -> Guesses:
    """Guessing baselines on a part, or on a folder that is one part of a set.

    A part with a name is looked for in the set itself: the folder with its `split.csv` may be called `test`, too. If
    another part of the set cannot be read, this part alone is used.

    Raises:
        InputError: If the part itself cannot be read.
    """
    try:
        rows = read_rows(set_of(data) if part.name is None else data)
    except InputError:
        rows = read_rows(part.folder)
    return guesses_about(rows, part.name or part.folder.absolute().name)


def guesses_about(rows: Sequence[Asked], part: str = "test") -> Guesses:
    """Guessing baselines on a part, with frequencies from the part `train`.

    Args:
        rows: All questions of a set, at least one. They stand for a part that has no questions.
        part: The part to guess.
    """
    learned, asked = ([row for row in rows if row.part == each] or list(rows) for each in ("train", part))
    return guesses_from(_questions(learned), _questions(asked))


def _questions(rows: Sequence[Asked]) -> list[Question]:
    return [Question(row.image, row.query, row.answers) for row in rows]
