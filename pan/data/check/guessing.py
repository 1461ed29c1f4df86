"""What guesses reach on a set as it lies in its folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pan.data.check.rows import Asked, read_rows
from pan.data.guesses import Guesses, Known, commonest_answer
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
    return Guesses(
        image_blind=commonest_answer(_by_query(learned), _by_query(asked)),
        query_blind=commonest_answer(_by_image(asked), _by_image(asked)),
    )


def _by_query(rows: Sequence[Asked]) -> list[Known]:
    return [(row.query, row.answers) for row in rows]


def _by_image(rows: Sequence[Asked]) -> list[Known]:
    return [(row.image, row.answers) for row in rows]
