"""What is right without an answer to the question: by the query alone, or by the image alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence

from pan.data.check.rows import Asked


def image_blind(learned: Sequence[Asked], asked: Sequence[Asked]) -> float:
    """Share of right answers of one who knows each query's commonest answer and never sees the image.

    Args:
        learned: The questions by which the commonest answers are known.
        asked: The questions that are guessed.
    """
    return _share(learned, asked, lambda row: row.query)


def query_blind(asked: Sequence[Asked]) -> float:
    """Share of right answers of one who gives each image's commonest answer, whatever is asked: the most possible."""
    return _share(asked, asked, lambda row: row.image)


def _share(learned: Sequence[Asked], asked: Sequence[Asked], key: Callable[[Asked], Hashable]) -> float:
    counts: dict[Hashable, Counter[str]] = defaultdict(Counter)
    overall = Counter[str]()
    for row in learned:
        counts[key(row)].update(row.answers)
        overall.update(row.answers)
    commonest = {each: words.most_common(1)[0][0] for each, words in counts.items() if words}
    otherwise = overall.most_common(1)[0][0] if overall else ""
    return sum(commonest.get(key(row), otherwise) in row.answers for row in asked) / len(asked)
