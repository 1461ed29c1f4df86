"""What guesses reach on a set as it lies in its folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pan.data.check.rows import Asked, read_rows
from pan.data.guesses import Guesses, Question, guesses_from
from pan.data.parts import Part
from pan.system.errors import InputError


def guesses_on(data: Path, part: Part) -> Guesses:
    """The levels of guessing the questions of a part; known by the part alone where another one cannot be read.

    Raises:
        InputError: If the part itself cannot be read.
    """
    try:
        rows = read_rows(data)
    except InputError:
        rows = read_rows(part.folder)
    return guesses_about(rows, part.name or part.folder.name)


def guesses_about(rows: Sequence[Asked], part: str = "test") -> Guesses:
    """The levels of guessing the questions of a part, what is commonest being known by the part train.

    Args:
        rows: All questions of a set, at least one; where a part has none, all stand for it.
        part: The one that is guessed.
    """
    learned, asked = ([row for row in rows if row.part == each] or list(rows) for each in ("train", part))
    return guesses_from(_questions(learned), _questions(asked))


def _questions(rows: Sequence[Asked]) -> list[Question]:
    return [Question(row.image, row.query, row.answers) for row in rows]
