"""The index of a reference set: `index.csv`, a row for each question, in the folder of the files it names."""

from __future__ import annotations

import csv
import math
import os
from pathlib import Path
from typing import NamedTuple

from pan.system.errors import InputError

INDEX = "index.csv"
HEADER = ["image", "query", "answer", "scale", "mask"]


class Row(NamedTuple):
    """One question of an index.

    Attributes:
        line: Its line in the file.
        name: The image as the index names it.
        image: The image's file.
        query: The query's word.
        answer: The answer's word.
        scale: The queried object's scale, NaN if not given.
        mask_name: The mask's file as the index names it, empty if not given.
        folder: The set's.
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


def read_index(folder: Path) -> list[Row]:
    """The rows of a set's index, each checked, those about an image together.

    Raises:
        InputError: If there is no index, its header differs, or a row is wrong (with its line number).
    """
    index = folder / INDEX
    try:
        with index.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.reader(file, strict=True)
            if next(lines, None) != HEADER:
                raise InputError(f"{index} must begin with the header {','.join(HEADER)}.")
            files = _Files(folder)
            rows = [_row(files, index, lines.line_num, cells) for cells in lines if cells]
    except OSError as error:
        raise InputError(f"{folder} is no reference set: it has no readable {INDEX}.") from error
    except (csv.Error, ValueError) as error:  # bytes that are no UTF-8, or a name with a NUL in it
        raise InputError(f"{index} is not a CSV file in UTF-8: {error}.") from error
    if not rows:
        raise InputError(f"{index} has no rows; add a question or build a set with pan data build.")
    first: dict[Path, int] = {}
    for row in rows:
        first.setdefault(row.image, row.line)
    return sorted(rows, key=lambda row: first[row.image])


class _Files:
    """The files of a set, each of its folders listed once: a large set names a hundred thousand of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = str(folder)
        self._listed: dict[str, frozenset[str]] = {}
        self._paths: dict[str, Path] = {}

    def has(self, name: str) -> bool:
        """Whether there is a file of that name; a listing tells it, save where case or form of letters differ."""
        head, tail = os.path.split(name)
        if head not in self._listed:
            self._listed[head] = _files_in(os.path.join(self._root, head))  # noqa: PTH118 - a Path takes ten times as long
        return tail in self._listed[head] or (self.folder / name).is_file()

    def path(self, name: str) -> Path:
        """The file of that name, the same object each time."""
        if name not in self._paths:
            self._paths[name] = self.folder / name
        return self._paths[name]


def _files_in(folder: str) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.is_file())
    except OSError:
        return frozenset()


def _row(files: _Files, index: Path, line: int, cells: list[str]) -> Row:
    where = f"{index}, line {line}"
    if len(cells) != len(HEADER):
        raise InputError(f"{where}: {len(cells)} cells where {len(HEADER)} are expected ({','.join(HEADER)}).")
    image, query, answer, scale, mask = (cell.strip() for cell in cells)
    for name, cell in (("image", image), ("query", query), ("answer", answer)):
        if not cell:
            raise InputError(f"{where}: the {name} is missing.")
    for name in (image, mask) if mask else (image,):
        if not files.has(name):
            raise InputError(f"{where}: there is no file {files.folder / name}.")
    return Row(line, image, files.path(image), query, answer, _scale(where, scale), mask, files.folder)


def _scale(where: str, text: str) -> float:
    try:
        scale = float(text or "nan")
    except ValueError as error:
        raise InputError(f"{where}: the scale “{text}” is not a number.") from error
    if math.isinf(scale) or scale <= 0:
        raise InputError(f"{where}: the scale must be above 0 and finite, not {text}.")
    return scale
