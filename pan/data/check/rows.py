"""The rows of a set in one form, whether its questions have one right answer or several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pan.data.labelled.index import is_labelled, read_labelled_index
from pan.data.parts import INDEX, folders_of, split_of
from pan.data.reference.index import read_index


class Asked(NamedTuple):
    """One question.

    Attributes:
        where: File and line, as the start of a message.
        image: The image's file.
        query: The query.
        answers: The right answers.
        mask: The mask's file, None if there is none.
        known: Whether there is a mask or a box.
        part: The part it is in, empty if none.
    """

    where: str
    image: Path
    query: str
    answers: tuple[str, ...]
    mask: Path | None
    known: bool
    part: str


def read_rows(data: Path) -> list[Asked]:
    """All questions of a set, in all its parts.

    Raises:
        InputError: If the set cannot be read.
    """
    return [row for folder in folders_of(data) for row in _rows(data, folder)]


def _rows(data: Path, folder: Path) -> Iterator[Asked]:
    split = split_of(folder)
    own = "" if folder == data else folder.name
    index = folder / INDEX
    if is_labelled(folder):
        for each in read_labelled_index(folder):
            mask = folder / each.mask_name if each.mask_name else None
            yield Asked(f"{index}, line {each.line}", folder / each.name, each.query, each.answers, mask,
                        bool(mask or each.boxes), own or split.get(each.name, ""))
        return
    for row in read_index(folder):
        yield Asked(f"{index}, line {row.line}", row.image, row.query, (row.answer,), row.mask, row.mask is not None,
                    own or split.get(row.name, ""))
