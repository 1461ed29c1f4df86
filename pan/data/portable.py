"""Makes a set portable: all files that its index names get names inside the set's folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from pan.data.columns import Line, column_names, read_columns
from pan.data.labelled import index as labelled
from pan.data.named_files import NamedFiles
from pan.data.parts import INDEX, SPLIT, SPLIT_HEADER
from pan.data.reference import index as reference
from pan.system.errors import InputError
from pan.system.zip_file import is_plain

FILES = ("image", "mask")
"""The columns that name files."""


def portable_set(folder: Path) -> dict[str, Path | bytes]:
    """All files of a set by their names in the portable set: index, parts, words, sizes, images and masks.

    Files keep their names, except those outside the folder or with names that are not valid on every system.

    Raises:
        InputError: If the index is wrong or a file is missing.
    """
    files = NamedFiles(folder)
    names = _Names(files)
    members: dict[str, Path | bytes] = {}
    lines = list(_lines(folder))
    header, separator = _header(folder), lines[0].separator if lines else ","
    rows = [[names.of(line, cell) if name in FILES and cell else cell
             for name, cell in zip(header, line.cells, strict=True)] for line in lines]  # fmt: skip
    members[INDEX] = _csv(header, rows, separator)
    for name, own in ((SPLIT, SPLIT_HEADER), (labelled.IMAGES, labelled.IMAGES_HEADER)):
        if (folder / name).is_file():
            others = [[names.new.get(files.name(line.cells[0]), line.cells[0]), *line.cells[1:]]
                      for line in read_columns(folder / name, own)]  # fmt: skip
            members[name] = _csv(own, others)
    if (folder / labelled.WORDS).is_file():
        members[labelled.WORDS] = folder / labelled.WORDS
    return members | {new: folder / old for old, new in names.new.items()}


def check_portable(folder: Path) -> None:
    """Check that an index names no file outside its folder.

    Raises:
        InputError: If it names one, or has errors.
    """
    header, files = _header(folder), NamedFiles(folder)
    for line in _lines(folder):
        for name, cell in zip(header, line.cells, strict=True):
            if name in FILES and cell and not is_plain(files.name(cell)):
                raise InputError(f"{line.where}: “{cell}” leads out of the set's folder.")


def _header(folder: Path) -> Sequence[str]:
    """The known columns of an index."""
    kind = labelled if labelled.is_labelled(folder) else reference
    there = column_names(folder / INDEX)
    return [*kind.NEEDED, *(name for name in kind.OPTIONAL if name in there)]


def _lines(folder: Path) -> Iterable[Line]:
    return read_columns(folder / INDEX, _header(folder))


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerows([header, *rows])
    return text.getvalue().encode()


class _Names:
    """The names of files in the portable set.

    Attributes:
        new: The new name of each file, by its name in the set.
    """

    def __init__(self, files: NamedFiles) -> None:
        self._files = files
        self._taken: set[str] = {INDEX, SPLIT, labelled.WORDS, labelled.IMAGES}
        self.new: dict[str, str] = {}

    def of(self, line: Line, name: str) -> str:
        found = self._files.find(line.where, name)
        if found not in self.new:
            self.new[found] = self._free(found)
            self._taken.add(self.new[found].casefold())
        return self.new[found]

    def _free(self, name: str) -> str:
        if is_plain(name) and name.casefold() not in self._taken:
            return name
        suffix = Path(name).suffix if is_plain(f"x{Path(name).suffix}") else ""
        numbers = range(len(self._taken), 2 * len(self._taken) + 1)
        return next(new for number in numbers if (new := f"files/{number:06}{suffix}") not in self._taken)
