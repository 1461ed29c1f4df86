"""Sets whose questions have several answers, as pictures: words and boxes stand in the index, pixels are read late."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path

import numpy as np

from app.pictures.picture import Box, Picture, Truth
from app.pictures.stored import Loaded, Shelf
from pan.answers.table import QuestionTable
from pan.data.images import Fitted, fit_box
from pan.data.labelled_index import LabelledRow, image_sizes, read_labelled_index, read_words

SIZE = 224
"""Of the shown image; each network sees the file at its own."""


class LabelledPicture(Picture):
    """An image of a set with several answers.

    Args:
        path: Its file.
        rows: The questions about it, which are taken for all that is known to be there.
        queries: The words its set asks.
        read: Reads a file, fitted.
        size: Width and height of the picture that the boxes were drawn on.
    """

    _rows: Sequence[LabelledRow]
    _read: Callable[[Path], Loaded]
    _size: tuple[int, int]

    def __init__(
        self,
        path: Path,
        rows: Sequence[LabelledRow],
        queries: tuple[str, ...],
        read: Callable[[Path], Loaded],
        size: tuple[int, int],
    ) -> None:
        known = {"path": path, "complete": True, "queries": queries, "_rows": rows, "_read": read, "_size": size}
        for name, value in known.items():
            object.__setattr__(self, name, value)

    @property
    def name(self) -> str:
        """The file's."""
        return self._rows[0].name

    @cached_property
    def truths(self) -> Mapping[str, Truth]:
        """What the index says, by query."""
        return {row.query: self._truth(row) for row in self._rows}

    @property
    def fitted(self) -> Fitted:
        """The image, black if it cannot be read."""
        return self._loaded.fitted

    @property
    def fault(self) -> str:
        """Why it cannot be read, empty if it can."""
        return self._loaded.fault

    @property
    def _loaded(self) -> Loaded:
        assert self.path is not None  # noqa: S101 - it was given
        return self._read(self.path)

    def _truth(self, row: LabelledRow) -> Truth:
        boxes = fit_box(np.array(row.boxes, np.float64).reshape(-1, 4), self._size, SIZE) / SIZE
        return Truth(
            row.answers[0], None, row.answers[1:],
            tuple(Box(left, top, right - left, bottom - top) for left, top, right, bottom in boxes.tolist()),
        )  # fmt: skip


def read_labelled_pictures(folder: Path) -> tuple[tuple[LabelledPicture, ...], tuple[str, ...], QuestionTable]:
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
        LabelledPicture(folder / name, own, queries, shelf.image, sizes[name]) for name, own in of_images.items()
    )
    numbers = {name: number for number, name in enumerate(of_images)}
    questions = QuestionTable(
        np.array([numbers[row.name] for row in rows]),
        np.array([row.query for row in rows]),
        np.array([", ".join(row.answers) for row in rows]),
        np.full(len(rows), np.nan),
    )
    return pictures, queries, questions
