"""The files of a set with several answers: `index.csv`, `words.json`, `split.csv`, `images.csv`."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pan.data.opening import LONGEST_SIDE, MOST_PIXELS, image_size
from pan.system.errors import InputError
from pan.system.json_file import read_json

INDEX, WORDS, SPLIT, IMAGES = "index.csv", "words.json", "split.csv", "images.csv"
HEADER = ["image", "query", "answers", "boxes"]
SPLIT_HEADER = ["image", "split"]
IMAGES_HEADER = ["image", "width", "height"]

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Words:
    """What `words.json` holds: lists of words, or words with how many objects have each."""

    queries: list[str] | dict[str, Any]
    answers: list[str] | dict[str, Any]


class LabelledRow(NamedTuple):
    """One question of an index.

    Attributes:
        line: Its line in the file.
        name: The image as the index names it: its file relative to the set's folder, or absolute.
        query: The query's word.
        answers: The words of the right answers.
        boxes: Left, top, width and height of the objects asked about, in pixels of the image.
    """

    line: int
    name: str
    query: str
    answers: tuple[str, ...]
    boxes: tuple[Box, ...]


def is_labelled(folder: Path) -> bool:
    """Whether a set's questions have several answers, by the header of its index."""
    try:
        with (folder / INDEX).open(newline="", encoding="utf-8-sig") as file:
            return next(csv.reader(file), None) == HEADER
    except (OSError, csv.Error, UnicodeDecodeError):
        return False


def has_parts(folder: Path) -> bool:
    """Whether a set is split."""
    return is_labelled(folder) and (folder / SPLIT).is_file()


def part_of(folder: Path, part: str) -> str | None:
    """That part where a set is split; None, which is all of it, where it is not."""
    return part if has_parts(folder) else None


def read_labelled_index(folder: Path, part: str | None = None) -> list[LabelledRow]:
    """The rows of a set's index, or those of a part of it, each checked, those about an image together.

    Raises:
        InputError: If there is no index, its header differs, a row is wrong (with its line number), or the part is
            empty.
    """
    split = read_split(folder) if part is not None and has_parts(folder) else {}
    words: dict[str, str] = {}  # one string for a word, however often it is used
    rows = [
        _row(where, line, cells, words)
        for where, line, cells in _lines(folder / INDEX, HEADER)
        if part is None or split.get(cells[0].strip()) == part
    ]
    if not rows and part is not None:
        parts = ", ".join(sorted(set(split.values()))) or "no split.csv"
        raise InputError(f"{folder} has no part {part}; it has {parts}.")
    if not rows:
        raise InputError(f"{folder / INDEX} has no rows; build a set with a lower --min-count or add a question.")
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.name, row.line)
    return sorted(rows, key=lambda row: first[row.name])


def _row(where: str, line: int, cells: list[str], words: dict[str, str]) -> LabelledRow:
    name, query, answers, boxes = (cell.strip() for cell in cells)
    listed = split_words(answers)
    for what, given in (("image", name), ("query", query), ("answer", listed)):
        if not given:
            raise InputError(f"{where}: the {what} is missing.")
    return LabelledRow(
        line, words.setdefault(name, name), words.setdefault(query, query),
        tuple(words.setdefault(word, word) for word in dict.fromkeys(listed)),
        tuple(_box(where, box) for box in boxes.split(";") if box.strip()),
    )  # fmt: skip


def _box(where: str, text: str) -> Box:
    try:
        left, top, width, height = map(float, text.split())
    except ValueError as error:
        raise InputError(f"{where}: the box “{text}” is not four numbers: x y w h, in pixels.") from error
    if not all(map(math.isfinite, (left, top, width, height))) or width <= 0 or height <= 0:
        raise InputError(f"{where}: the box “{text}” has no area that is finite.")
    if max(map(abs, (left, top, width, height))) > MOST_PIXELS:
        raise InputError(f"{where}: the box “{text}” is larger than any image; give x y w h in pixels.")
    return left, top, width, height


def join_words(words: Iterable[str]) -> str:
    """Words in one cell, between semicolons; a semicolon or a backslash inside a word has a backslash before it."""
    return ";".join(re.sub(r"[\\;]", r"\\\g<0>", word) for word in words)


def split_words(cell: str) -> list[str]:
    """The words that `join_words` joined."""
    if "\\" not in cell:
        return [word for part in cell.split(";") if (word := part.strip())]
    parts = re.findall(r"(?:[^\\;]|\\.)+", cell)
    return [word for part in parts if (word := re.sub(r"\\(.)", r"\1", part).strip())]


def read_split(folder: Path) -> dict[str, str]:
    """The part of each image.

    Raises:
        InputError: If there is no readable `split.csv`.
    """
    return {name: part for _, _, (name, part) in _lines(folder / SPLIT, SPLIT_HEADER)}


def read_words(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The queries and answers of `words.json`; without it those of the index, sorted.

    Raises:
        InputError: If a file is wrong.
    """
    path = folder / WORDS
    if not path.is_file():
        rows = read_labelled_index(folder)
        return tuple(sorted({row.query for row in rows})), tuple(sorted({word for row in rows for word in row.answers}))
    try:
        words = read_json(path, Words)
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is not a list of words; it needs “queries” and “answers” ({error}).") from error
    return tuple(words.queries), tuple(words.answers)


def image_sizes(folder: Path, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Width and height of the pictures that boxes were drawn on: by `images.csv`, else of the files themselves.

    Raises:
        InputError: If image files are missing or `images.csv` is wrong.
    """
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise InputError(f"{len(missing):,} of {len(names):,} images of {folder} are missing, "
                         f"the first is {folder / missing[0]}; give their folder by --images when the set is built.")
    sizes: dict[str, tuple[int, int]] = {}
    if (folder / IMAGES).is_file():
        for where, _, (name, width, height) in _lines(folder / IMAGES, IMAGES_HEADER):
            sizes[name] = _side(where, width), _side(where, height)
    return {name: sizes[name] if name in sizes else image_size(folder / name) for name in names}


def _side(where: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LONGEST_SIDE)) and
            0 < int(text) <= LONGEST_SIDE):
        raise InputError(f"{where}: “{text}” is no width or height; give one from 1 to {LONGEST_SIDE:,} pixels.")
    return int(text)


def _lines(path: Path, header: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    """Where each line of a CSV file is, its number and its cells."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.reader(file, strict=True)
            if next(lines, None) != header:
                raise InputError(f"{path} must begin with the header {','.join(header)}.")
            for cells in lines:
                if not cells:
                    continue
                where = f"{path}, line {lines.line_num}"
                if len(cells) != len(header):
                    raise InputError(f"{where}: {len(cells)} cells where {len(header)} are expected "
                                     f"({','.join(header)}).")  # fmt: skip
                yield where, lines.line_num, cells
    except OSError as error:
        raise InputError(f"{path.parent} is no labelled set: it has no readable {path.name}.") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not a CSV file in UTF-8: {error}.") from error
