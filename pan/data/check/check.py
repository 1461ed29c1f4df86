"""Everything that can be told about a set without a network."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path

from pan.data.check.findings import about_words, contradictions, duplicates, same_images, without_part
from pan.data.check.guessing import guesses_about
from pan.data.check.masks import Masks, check_masks
from pan.data.check.rows import read_rows
from pan.data.labelled.index import is_labelled
from pan.data.parts import folders_of, parts_of
from pan.system.steps import Preparing, counted


@dataclass(frozen=True)
class Checked:
    """What was found.

    Attributes:
        data: The set.
        several: Whether several answers are right at once.
        questions: How many.
        images: That they are about.
        queries: The words that are asked, with how many questions each; the commonest first.
        answers: The words that are right, in the same way.
        parts: Questions of each part; none if the set is not split.
        masks: What is known of the pixels asked about.
        image_blind: Share of right answers of one who knows the queries' commonest answers and sees no image.
        query_blind: Share of right answers of one who gives each image's commonest answer, whatever is asked.
        contradictions: Questions that are asked twice with different answers.
        duplicates: Rows that say the same as another, and images that are the same file.
        remarks: What else is odd.
        train: The command that trains on it.
        evaluate: The command that evaluates what was trained.
    """

    data: str
    several: bool
    questions: int
    images: int
    queries: dict[str, int]
    answers: dict[str, int]
    parts: dict[str, int]
    masks: Masks
    image_blind: float
    query_blind: float
    contradictions: list[str]
    duplicates: list[str]
    remarks: list[str]
    train: str
    evaluate: str

    def to_json(self) -> dict[str, object]:
        """As JSON values."""
        return asdict(self)


def check_set(data: Path) -> Generator[Preparing, None, Checked]:
    """Read a set with all its images and masks, yielding how far that has come.

    Raises:
        InputError: If the set cannot be read: its index or its split is wrong.
    """
    rows = read_rows(data)
    parts = parts_of(data)
    remarks = [*about_words(rows), *(without_part(rows) if parts else [])]
    masks = yield from counted(check_masks(rows, remarks), "questions checked", len(rows))
    guesses = guesses_about(rows)
    return Checked(
        data=str(data),
        several=is_labelled(folders_of(data)[0]),
        questions=len(rows),
        images=len({row.image for row in rows}),
        queries=dict(Counter(row.query for row in rows).most_common()),
        answers=dict(Counter(word for row in rows for word in row.answers).most_common()),
        parts={part: sum(row.part == part for row in rows) for part in parts},
        masks=masks,
        image_blind=guesses.image_blind,
        query_blind=guesses.query_blind,
        contradictions=contradictions(rows),
        duplicates=[*duplicates(rows), *same_images(rows)],
        remarks=remarks,
        train=f"pan train pan-ctx --data {shlex.quote(str(data))} --out RUN",
        evaluate=f"pan evaluate RUN --data {shlex.quote(str(data))}",
    )

