"""Writes labelled sets: questions with several right answers."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pan.data.labelled.index import IMAGES, IMAGES_HEADER, WORDS, Box, join_words
from pan.data.parts import INDEX, SPLIT, SPLIT_HEADER
from pan.system.files import write_whole

HEADER = ("image", "query", "answers", "boxes")
FULL_HEADER = (*HEADER, "wrong", "mask")
"""With the columns for incomplete labels and for masks."""


class Words(NamedTuple):
    """The words of a task, with the number of objects of each.

    Attributes:
        queries: The queries.
        answers: The answers.
    """

    queries: Mapping[str, int]
    answers: Mapping[str, int]


class LabelledQuestion(NamedTuple):
    """A row of an index to be written.

    Attributes:
        image: The image's file relative to the set's folder, or absolute.
        query: The query.
        answers: The right answers.
        boxes: Left, top, width and height of the queried objects, in pixels of the image.
        wrong: The answers that are known to be wrong.
        mask: The mask's file relative to the set's folder; empty if there is none.
    """

    image: str
    query: str
    answers: Sequence[str]
    boxes: Iterable[Box]
    wrong: Sequence[str] = ()
    mask: str = ""


def write_labelled_set(
    folder: Path,
    questions: Iterable[LabelledQuestion],
    words: Words,
    parts: Mapping[str, str],
    sizes: Mapping[str, tuple[int, int]],
    header: Sequence[str] = HEADER,
) -> None:
    """Write a set's files. The index is written last, so that an unfinished set is not mistaken for a complete one.

    Args:
        folder: The set's folder.
        questions: The rows, consumed one by one.
        words: The words of the task, in its order.
        parts: The part of each image: `train`, `val` or `test`; empty if the set is not split.
        sizes: Width and height of the annotated images; empty if they are those of the files.
        header: The columns of the index.

    Raises:
        InputError: If the folder cannot be written.
    """
    text = json.dumps({"queries": dict(words.queries), "answers": dict(words.answers)}, indent=1, ensure_ascii=False)
    write_whole(folder / WORDS, lambda beside: beside.write_text(text + "\n", encoding="utf-8"))
    if parts:
        write_csv(folder / SPLIT, SPLIT_HEADER, parts.items())
    if sizes:
        write_csv(folder / IMAGES, IMAGES_HEADER, ((name, *size) for name, size in sizes.items()))
    write_csv(folder / INDEX, header, (_cells(question)[: len(header)] for question in questions))


def _cells(question: LabelledQuestion) -> tuple[str, ...]:
    boxes = ";".join(" ".join(f"{side:.10g}" for side in box) for box in question.boxes)
    return (question.image, question.query, join_words(question.answers), boxes, join_words(question.wrong),
            question.mask)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file atomically, and flush it to the disk.

    Raises:
        InputError: If it cannot be written.
    """
    def write(beside: Path) -> None:
        with beside.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())

    write_whole(path, write)
