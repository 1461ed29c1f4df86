"""Writing a set whose questions have several right answers."""

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
"""With the columns of sets whose labels are not complete, and of those with masks."""


class Words(NamedTuple):
    """What may be asked and answered, with how many objects have each word.

    Attributes:
        queries: The words that may be asked.
        answers: The words that may be answered.
    """

    queries: Mapping[str, int]
    answers: Mapping[str, int]


class LabelledQuestion(NamedTuple):
    """A row of an index, as it is written.

    Attributes:
        image: The image's file relative to the set's folder, or absolute.
        query: The query's word.
        answers: The words of the right answers.
        boxes: Left, top, width and height of the objects asked about, in pixels of the image.
        wrong: The words that are known to be wrong.
        mask: A file with the pixels of the objects asked about, relative to the set's folder; empty if there is none.
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
    """Write a set's files; the index comes last, so that a set that was not finished is not taken for one that was.

    Args:
        folder: The set's.
        questions: Its rows; taken one by one.
        words: The words a network is to know, in the order it is to know them.
        parts: The part of each image: `train`, `val` or `test`; none if the set is not split.
        sizes: Width and height of the pictures that the boxes were drawn on; none if they are those of the files.
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
    """Write a header and rows as a whole file, which is on the disk when it is there.

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
