"""The check of a set: its content, problems and guessing baselines. No network is needed."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from pan.data.check.findings import about_words, contradictions, duplicates, same_images, without_part
from pan.data.check.guessing import guesses_about
from pan.data.check.masks import Masks, check_masks
from pan.data.check.rows import Asked, read_rows
from pan.data.labelled.index import is_labelled
from pan.data.parts import check_folder_names, folders_of, parts_of
from pan.system.steps import Preparing, counted


@dataclass(frozen=True)
class Checked:
    """The result of the check.

    Attributes:
        data: The set.
        several: Whether several answers are right at once.
        questions: The number of questions.
        images: The number of images.
        opened: The number of images that were opened, with their masks.
        queries: The number of questions with each query, the most frequent first.
        answers: The number of questions to which each answer is right, the most frequent first.
        parts: The number of questions in each part; empty if the set is not split.
        masks: Counts of the masks.
        image_blind: Accuracy of guessing each query's most frequent answer, without the image.
        query_blind: Accuracy of guessing each image's most frequent answer, without the query.
        contradictions: Questions that occur twice with different answers.
        duplicates: Rows that repeat another, and images that are the same file.
        remarks: Other problems.
        train: The command that trains on the set.
        evaluate: The command that evaluates the trained network.
    """

    data: str
    several: bool
    questions: int
    images: int
    opened: int
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

    @property
    def is_complete(self) -> bool:
        """Whether every image was opened."""
        return self.opened == self.images

    def to_json(self) -> dict[str, object]:
        """As JSON values."""
        return asdict(self)


def check_set(data: Path, most_opened: int | None = None) -> Generator[Preparing, None, Checked]:
    """Read a set with its images and masks, yielding progress.

    Args:
        data: The set.
        most_opened: Maximum number of images to open, chosen at random with a fixed seed; None for all.

    Raises:
        InputError: If the set cannot be read: its index or its split is wrong.
    """
    check_folder_names(data)
    rows = read_rows(data)
    parts = parts_of(data)
    remarks = [*about_words(rows), *(without_part(rows) if parts else [])]
    opened = _of_some_images(rows, most_opened)
    masks = yield from counted(check_masks(opened, remarks), "questions checked", len(opened))
    known = sum(row.known for row in rows)
    guesses = guesses_about(rows)
    return Checked(
        data=str(data),
        several=is_labelled(folders_of(data)[0]),
        questions=len(rows),
        images=_number_of_images(rows),
        opened=_number_of_images(opened),
        queries=dict(Counter(row.query for row in rows).most_common()),
        answers=dict(Counter(word for row in rows for word in row.answers).most_common()),
        parts={part: sum(row.part == part for row in rows) for part in parts},
        masks=replace(masks, known=known, missing=len(rows) - known),
        image_blind=guesses.image_blind,
        query_blind=guesses.query_blind,
        contradictions=contradictions(rows),
        duplicates=[*duplicates(rows), *same_images(opened)],
        remarks=remarks,
        train=f"pan train pan-ctx --data {shlex.quote(str(data))} --out RUN",
        evaluate=f"pan evaluate RUN --data {shlex.quote(str(data))}",
    )


def _number_of_images(rows: Sequence[Asked]) -> int:
    return len({row.image for row in rows})


def _of_some_images(rows: Sequence[Asked], most: int | None) -> Sequence[Asked]:
    """The questions of at most so many images."""
    images = list(dict.fromkeys(row.image for row in rows))
    if most is None or len(images) <= most:
        return rows
    chosen = {images[number] for number in np.random.default_rng(0).choice(len(images), most, replace=False).tolist()}
    return [row for row in rows if row.image in chosen]
