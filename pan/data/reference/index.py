"""Reads the index of a reference set: `index.csv`, with a row for each question."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pan.data.columns import Line, number, read_columns
from pan.data.named_files import NamedFiles
from pan.data.parts import INDEX, Part, images_of
from pan.data.word_forms import WordForms
from pan.system.errors import InputError

NEEDED, OPTIONAL = ("image", "query", "answer"), ("scale", "mask")
HEADER = [*NEEDED, *OPTIONAL]


class Row(NamedTuple):
    """One question of an index.

    Attributes:
        line: Its line number.
        name: The image's name in the set.
        image: The image's file.
        query: The query.
        answer: The right answer.
        scale: The queried object's scale, NaN if not given.
        mask_name: The mask's name in the set, empty if not given.
        folder: The set's folder.
    """

    line: int
    name: str
    image: Path
    query: str
    answer: str
    scale: float
    mask_name: str
    folder: Path

    @property
    def mask(self) -> Path | None:
        """The mask's file, None if not given."""
        return self.folder / self.mask_name if self.mask_name else None


def read_index(folder: Path, part: str | None = None) -> list[Row]:
    """The rows of a set's index or of one part in `split.csv`, checked, and grouped by image.

    Raises:
        InputError: If there is no index, a column is missing, a row is wrong (with its line number), a word is written
            in two ways, or there are no rows.
    """
    index = folder / INDEX
    rows = read_rows_of(folder, index)
    images = images_of(Part(folder, part))
    if images is not None:
        rows = [row for row in rows if row.name in images]
        if not rows:
            raise InputError(f"no image of {index} is in part {part}; correct split.csv.")
    first: dict[Path, int] = {}
    for row in rows:
        first.setdefault(row.image, row.line)
    return sorted(rows, key=lambda row: first[row.image])


def read_rows_of(folder: Path, index: Path) -> list[Row]:
    """The rows of a file that is, or may become, the index of a set, checked, in its order.

    Raises:
        InputError: As `read_index`.
    """
    files, queries, answers = NamedFiles(folder), WordForms("query"), WordForms("answer")
    rows = []
    for line in read_columns(index, NEEDED, OPTIONAL):
        row = _row(files, line)
        queries.check(line, row.query)
        answers.check(line, row.answer)
        rows.append(row)
    if not rows:
        raise InputError(f"{index} has no rows; add a question or build a set with pan data build.")
    return rows


def _row(files: NamedFiles, line: Line) -> Row:
    image, query, answer, scale, mask = line.cells
    for name, cell in zip(NEEDED, line.cells, strict=False):
        if not cell:
            raise InputError(f"{line.where}: the {name} is missing.")
    name, mask_name = (files.find(line.where, each) if each else "" for each in (image, mask))
    return Row(line.number, name, files.path(name), query, answer, _scale(line, scale), mask_name, files.folder)


def _scale(line: Line, text: str) -> float:
    if not text:
        return float("nan")
    try:
        scale = number(line, text)
    except ValueError as error:
        raise InputError(f"{line.where}: the scale “{text}” is not a number such as 1.5.") from error
    if scale <= 0:
        raise InputError(f"{line.where}: the scale must be above 0, not {text}.")
    return scale
