"""Problems of a set: contradictions, duplicates, rare words, images in two parts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path

from pan.data.check.rows import Asked
from pan.data.word_forms import ONLY, folded
from pan.system.names import is_file

FEW = 200
"""Questions; a network memorises smaller sets."""

ONE_SIDED = 0.8


def contradictions(rows: Sequence[Asked]) -> list[str]:
    """Questions that occur twice with different answers."""
    return [f"{later.where}: “{later.query}” of {later.image.name} is answered {_words(later)} here and "
            f"{_words(first)} in {_line(first)}."
            for first, later in _pairs(rows, lambda row: (row.part, row.image, row.query))
            if set(first.answers) != set(later.answers)]


def duplicates(rows: Sequence[Asked]) -> list[str]:
    """Rows that repeat another row."""
    return [f"{later.where}: the same question and answer as in {_line(first)}."
            for first, later in _pairs(rows, lambda row: (row.part, row.image, row.query, row.answers))]


def same_images(rows: Sequence[Asked]) -> list[str]:
    """Images with identical bytes under several names, in the same part or in different parts."""
    parts = {row.image: row.part for row in rows}
    remarks = []
    for first, *others in _same_files(parts):
        for other in others:
            if parts[first] != parts[other]:
                remarks.append(f"{other} in part {parts[other] or 'none'} is the same image as {first} in part "
                               f"{parts[first] or 'none'}.")
            else:
                remarks.append(f"{other} is the same image as {first}.")
    return remarks


def about_words(rows: Sequence[Asked]) -> list[str]:
    """Words that occur once, words that look alike, and an answer that is nearly always right."""
    remarks = []
    answers = Counter(word for row in rows for word in row.answers)
    for kind, counts in (("query", Counter(row.query for row in rows)), ("answer", answers)):
        once = sorted(word for word, count in counts.items() if count == 1)
        if once:
            remarks.append(f"{len(once):,} {_plural(kind, len(once))} once: {_some(once)}.")
        forms: dict[str, list[str]] = defaultdict(list)
        for word in counts:
            forms[folded(word)].append(word)
        remarks += [f"“{one}” and “{other}” differ only in {ONLY}." for one, other, *_ in
                    (each for each in forms.values() if len(each) > 1)]
    word, count = answers.most_common(1)[0] if answers else ("", 0)
    if len(answers) > 1 and count > ONE_SIDED * len(rows):
        remarks.append(f"“{word}” is the right answer to {100 * count / len(rows):.0f} % of the questions; a network "
                       "may learn to give no other.")
    if len(answers) == 1:
        remarks.append(f"“{word}” is the only answer; there is nothing to learn.")
    if len(rows) < FEW:
        remarks.append(f"{len(rows):,} questions are few; a network may memorise them.")
    return remarks


def without_part(rows: Sequence[Asked]) -> list[str]:
    """Images that are missing from the split."""
    images = sorted({str(row.image) for row in rows if not row.part})
    be = "image is" if len(images) == 1 else "images are"
    return [f"{len(images):,} {be} in no part and never used: {_some(images)}."] if images else []


def _pairs(rows: Iterable[Asked], key: Callable[[Asked], Hashable]) -> Iterator[tuple[Asked, Asked]]:
    """Pairs of the first row with a key and each later row with the same key."""
    first: dict[Hashable, Asked] = {}
    for row in rows:
        earlier = first.setdefault(key(row), row)
        if earlier is not row:
            yield earlier, row


def _same_files(paths: Iterable[Path]) -> list[list[Path]]:
    """Groups of files with identical bytes. Sizes are compared first, so that few files are read."""
    by_size: dict[int, list[Path]] = defaultdict(list)
    for path in paths:
        if is_file(path):
            by_size[path.stat().st_size].append(path)
    by_content: dict[str, list[Path]] = defaultdict(list)
    for path in (each for group in by_size.values() if len(group) > 1 for each in group):
        with path.open("rb") as file:
            by_content[hashlib.file_digest(file, "sha256").hexdigest()].append(path)
    return [group for group in by_content.values() if len(group) > 1]


def _line(row: Asked) -> str:
    return row.where.rpartition(", ")[2]


def _words(row: Asked) -> str:
    return ", ".join(f"“{word}”" for word in row.answers)


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:5]) + (", …" if len(words) > 5 else "")


def _plural(kind: str, count: int) -> str:
    several = {"query": "queries", "answer": "answers"}[kind]
    return f"{kind} occurs" if count == 1 else f"{several} occur"
