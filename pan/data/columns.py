"""CSV files with named columns, as people, scripts and spreadsheets write them."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from pan.system.errors import InputError
from pan.system.outside import lines_of, open_text

SEPARATORS = ",;\t"
THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")


class Line(NamedTuple):
    """One row of a file.

    Attributes:
        number: Its line number.
        where: File and line, as the start of a message.
        cells: The cells of the requested columns, in the requested order; empty if a column or a cell is missing.
        separator: The file's separator.
    """

    number: int
    where: str
    cells: tuple[str, ...]
    separator: str


def read_columns(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Line]:
    """The rows of a CSV file without blank ones.

    The separator is a comma, a semicolon or a tab, as in the header. Columns may have any order and their names any
    case; further columns are ignored.

    Args:
        path: The file, in UTF-8 with or without a byte order mark.
        needed: Names of required columns.
        optional: Names of optional columns.

    Raises:
        InputError: If the file cannot be read, a required column is missing, a column occurs twice, or a row and the
            header differ in their number of cells.
    """
    try:
        with open_text(path) as file:
            names, separator = _header(file)
            places = _places(path, names, needed, optional)
            lines = csv.reader(lines_of(file), delimiter=separator, strict=True)
            for cells in lines:
                if not any(map(str.strip, cells)):
                    continue
                number = lines.line_num + 1
                where = f"{path}, line {number}"
                _check_length(where, cells, names)
                taken = tuple("" if place is None else cells[place].strip() for place in places)
                yield Line(number, where, taken, separator)
    except OSError as error:
        raise InputError(f"{path.parent} is no reference set: it has no readable {path.name}.") from error
    except (csv.Error, ValueError) as error:  # ValueError: the file is not UTF-8, or a line is too long
        raise InputError(f"{path} is not a CSV file in UTF-8: {error}; save it as “CSV UTF-8”.") from error


def column_names(path: Path) -> tuple[str, ...]:
    """The names of a file's columns in lower case; none if it cannot be read."""
    try:
        with open_text(path) as file:
            return tuple(_header(file)[0])
    except (OSError, csv.Error, UnicodeError, InputError):
        return ()


def number(line: Line, text: str) -> float:
    """A number with a decimal point, or with a decimal comma that cannot be a thousands separator.

    Raises:
        ValueError: If the text is not a finite number.
    """
    if DECIMAL_COMMA.fullmatch(text) and (line.separator == ";" or not THOUSANDS.fullmatch(text)):
        text = text.replace(",", ".")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _header(file: TextIO) -> tuple[list[str], str]:
    """The names of the columns, and the separator: the one of the three that gives the most columns."""
    first = file.readline(1 << 16)
    read = [(next(csv.reader([first], delimiter=each, strict=True), []), each) for each in SEPARATORS]
    cells, separator = max(read, key=lambda each: len(each[0]))
    names = [" ".join(cell.split()).casefold() for cell in cells]
    while names and not names[-1]:  # empty columns of a spreadsheet
        names.pop()
    return names, separator


def _places(
    path: Path, names: Sequence[str], needed: Sequence[str], optional: Sequence[str]
) -> list[int | None]:
    wanted = (*needed, *optional)
    if missing := [name for name in needed if name not in names]:
        found = ",".join(names)[:100] or "nothing"
        raise InputError(f"{path} must begin with a header that names the columns {','.join(needed)}; "
                         f"{','.join(missing)} is not in “{found}”.")
    if twice := [name for name in wanted if names.count(name) > 1]:
        raise InputError(f"{path} has two columns “{twice[0]}”; remove one.")
    return [names.index(name) if name in names else None for name in wanted]


def _check_length(where: str, cells: Sequence[str], names: Sequence[str]) -> None:
    if len(cells) < len(names) or any(map(str.strip, cells[len(names) :])):
        raise InputError(f"{where}: {len(cells)} cells where {len(names)} are expected ({','.join(names)}); "
                         "put a cell that contains a separator between quotes.")
