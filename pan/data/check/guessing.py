"""What guesses reach on a set as it lies in its folder."""

from __future__ import annotations

from collections.abc import Sequence

from pan.data.check.rows import Asked
from pan.data.guesses import Guesses, Known, commonest_answer


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
