"""Sets with several answers to a question, as pictures: words and boxes are in the index, pixels are read later."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from pan.data.images import fit_box
from pan.data.labelled.index import LabelledRow, image_sizes, read_labelled_index, read_words
from pan.data.parts import split_of
from pan.evaluation.answer_table import QuestionTable
from pan_explorer.pictures.picture import Box, Truth
from pan_explorer.pictures.stored import Shelf, StoredPicture

SIZE = 224
"""Of the shown image; each network sees the file at its own."""


def labelled_picture(
    path: Path, rows: Sequence[LabelledRow], queries: tuple[str, ...], shelf: Shelf, size: tuple[int, int]
) -> StoredPicture:
    """An image of a set whose questions have several answers.

    Args:
        path: Its file.
        rows: The questions about it, which are taken for all that is known to be there.
        queries: The words its set asks.
        shelf: The set's.
        size: Width and height of the picture that the boxes were drawn on.
    """

    def truths() -> dict[str, Truth]:
        return {row.query: _truth(row, size) for row in rows}

    return StoredPicture(path, rows[0].name, True, queries, truths, shelf.image)


def read_labelled_pictures(folder: Path) -> tuple[tuple[StoredPicture, ...], tuple[str, ...], QuestionTable]:
    """A set's pictures, none of which is read yet, the words it asks, and all its questions.

    Raises:
        InputError: If the set is wrong, or images are missing.
    """
    rows = read_labelled_index(folder)
    queries, _ = read_words(folder)
    of_images = {name: list(own) for name, own in groupby(rows, key=lambda row: row.name)}
    sizes = image_sizes(folder, list(of_images))
    shelf = Shelf(SIZE)
    pictures = tuple(
        labelled_picture(folder / name, own, queries, shelf, sizes[name]) for name, own in of_images.items()
    )
    split = split_of(folder)
    numbers = {name: number for number, name in enumerate(of_images)}
    questions = QuestionTable(
        np.array([numbers[row.name] for row in rows]),
        np.array([row.query for row in rows]),
        np.array([", ".join(row.answers) for row in rows]),
        np.full(len(rows), np.nan),
        np.array([split.get(row.name, "") for row in rows]),
    )
    return pictures, queries, questions


def _truth(row: LabelledRow, size: tuple[int, int]) -> Truth:
    boxes = fit_box(np.array(row.boxes, np.float64).reshape(-1, 4), size, SIZE) / SIZE
    return Truth(
        row.answers, None,
        tuple(Box(left, top, right - left, bottom - top) for left, top, right, bottom in boxes.tolist()),
    )  # fmt: skip
