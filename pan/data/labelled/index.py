"""Reads the index and further files of a labelled set: `index.csv`, `words.json`, `images.csv`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pan.data.columns import Line, column_names, number, read_columns
from pan.data.named_files import NamedFiles
from pan.data.opening import LONGEST_SIDE, MOST_PIXELS, image_size
from pan.data.parts import INDEX, Part, folders_of, images_of
from pan.data.word_forms import WordForms
from pan.system.errors import InputError
from pan.system.json_file import read_json
from pan.system.names import is_file

WORDS, IMAGES = "words.json", "images.csv"
NEEDED, OPTIONAL = ("image", "query", "answers"), ("boxes", "wrong", "mask")
IMAGES_HEADER = ["image", "width", "height"]

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Words:
    """The content of `words.json`: lists of words, or words with the number of objects of each."""

    queries: list[str] | dict[str, Any]
    answers: list[str] | dict[str, Any]


class LabelledRow(NamedTuple):
    """One question of an index.

    Attributes:
        line: Its line number.
        name: The image's name in the set: its file relative to the set's folder, or absolute.
        query: The query.
        answers: The right answers.
        boxes: Left, top, width and height of the queried objects, in pixels of the image.
        wrong: The answers that are known to be wrong; None if all other answers are wrong.
        mask_name: The mask's file, empty if there is none.
    """

    line: int
    name: str
    query: str
    answers: tuple[str, ...]
    boxes: tuple[Box, ...]
    wrong: tuple[str, ...] | None = None
    mask_name: str = ""


def is_labelled(data: Path) -> bool:
    """Whether a set is labelled (several answers to a question), by the header of its index."""
    names = column_names(folders_of(data)[0] / INDEX)
    return "answers" in names and "answer" not in names


def read_labelled_index(folder: Path, part: str | None = None) -> list[LabelledRow]:
    """The rows of a set's index or of one part, checked, and grouped by image.

    Raises:
        InputError: If there is no index, a column is missing, a row is wrong (with its line number), there are no rows,
            or, without a `words.json`, a word is written in two ways.
    """
    index = folder / INDEX
    rows = read_labelled_rows_of(folder, index, images_of(Part(folder, part)))
    if not rows and part is not None:
        raise InputError(f"no image of {index} is in part {part}; correct split.csv.")
    if not rows:
        raise InputError(f"{index} has no rows; build a set with a lower --min-count or add a question.")
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.name, row.line)
    return sorted(rows, key=lambda row: first[row.name])


def read_labelled_rows_of(folder: Path, index: Path, images: Container[str] | None = None) -> list[LabelledRow]:
    """The rows of a file that is, or may become, the index of a set, checked, in its order.

    Args:
        folder: The set.
        index: The file.
        images: The images whose rows are wanted; None for all.

    Raises:
        InputError: As `read_labelled_index`, save that there may be no rows.
    """
    reader = _Rows(folder, index)
    lines = read_columns(index, NEEDED, OPTIONAL)
    return [reader.read(line) for line in lines if images is None or reader.name(line) in images]


class _Rows:
    """Reads the rows of one index; equal words share one string."""

    def __init__(self, folder: Path, index: Path) -> None:
        self._files = NamedFiles(folder)
        self._words: dict[str, str] = {}
        listed = is_file(folder / WORDS)  # listed words may differ only in case
        self._forms = None if listed else (WordForms("query"), WordForms("answer"))
        self._open = "wrong" in column_names(index)

    def name(self, line: Line) -> str:
        """The image's name in the set."""
        return self._files.name(line.cells[0])

    def read(self, line: Line) -> LabelledRow:
        _, query, answers, boxes, wrong, mask = line.cells
        name, right, others = self.name(line), self._each(answers), self._each(wrong)
        for what, given in (("image", name), ("query", query), ("answer", right or others)):
            if not given:
                raise InputError(f"{line.where}: the {what} is missing.")
        if both := set(right) & set(others):
            raise InputError(f"{line.where}: “{min(both)}” is both right and wrong; remove one.")
        if self._forms is not None:
            self._forms[0].check(line, query)
            for word in (*right, *others):
                self._forms[1].check(line, word)
        return LabelledRow(
            line.number, self._words.setdefault(name, name), self._words.setdefault(query, query), right,
            tuple(_box(line, box) for box in boxes.split(";") if box.strip()),
            others if self._open else None, self._files.name(mask),
        )  # fmt: skip

    def _each(self, cell: str) -> tuple[str, ...]:
        return tuple(self._words.setdefault(word, word) for word in dict.fromkeys(split_words(cell)))


def _box(line: Line, text: str) -> Box:
    try:
        left, top, width, height = (number(line, each) for each in text.split())
    except ValueError as error:
        raise InputError(f"{line.where}: the box “{text}” is not four numbers: x y w h, in pixels.") from error
    if width <= 0 or height <= 0:
        raise InputError(f"{line.where}: the box “{text}” has no area.")
    if max(map(abs, (left, top, width, height))) > MOST_PIXELS:
        raise InputError(f"{line.where}: the box “{text}” is larger than any image; give x y w h in pixels.")
    return left, top, width, height


def join_words(words: Iterable[str]) -> str:
    """Words in one cell, separated by semicolons; a semicolon or backslash in a word is escaped by a backslash."""
    return ";".join(re.sub(r"[\\;]", r"\\\g<0>", word) for word in words)


def split_words(cell: str) -> list[str]:
    """The words that `join_words` joined."""
    if "\\" not in cell:
        return [word for part in cell.split(";") if (word := part.strip())]
    parts = re.findall(r"(?:[^\\;]|\\.)+", cell)
    return [word for part in parts if (word := re.sub(r"\\(.)", r"\1", part).strip())]


def read_words(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The queries and answers of `words.json`; without it those of the index, sorted.

    Raises:
        InputError: If a file is wrong.
    """
    path = folder / WORDS
    if not is_file(path):
        rows = read_labelled_index(folder)
        answers = {word for row in rows for word in (*row.answers, *(row.wrong or ()))}
        return tuple(sorted({row.query for row in rows})), tuple(sorted(answers))
    try:
        words = read_json(path, Words)
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is not a list of words; it needs “queries” and “answers” ({error}).") from error
    return tuple(words.queries), tuple(words.answers)


def image_sizes(folder: Path, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Width and height of the annotated images: from `images.csv`, or of the files themselves.

    Raises:
        InputError: If image files are missing or `images.csv` is wrong.
    """
    missing = [name for name in names if not is_file(folder / name)]
    if missing:
        raise InputError(f"{len(missing):,} of {len(names):,} images of {folder} are missing, "
                         f"the first is {folder / missing[0]}; give their folder by --images when the set is built.")
    sizes = annotated_sizes(folder)
    return {name: sizes[name] if name in sizes else image_size(folder / name) for name in names}


def annotated_sizes(folder: Path) -> dict[str, tuple[int, int]]:
    """Width and height of the annotated images by their names in the set, from `images.csv`; empty without one.

    Raises:
        InputError: If `images.csv` is wrong.
    """
    files, sizes = NamedFiles(folder), dict[str, tuple[int, int]]()
    if is_file(folder / IMAGES):
        for line in read_columns(folder / IMAGES, IMAGES_HEADER):
            name, width, height = line.cells
            sizes[files.name(name)] = _side(line, width), _side(line, height)
    return sizes


def _side(line: Line, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LONGEST_SIDE)) and
            0 < int(text) <= LONGEST_SIDE):
        raise InputError(f"{line.where}: “{text}” is not a width or height from 1 to {LONGEST_SIDE:,} pixels.")
    return int(text)
