"""Untrusted files, opened for reading: regular files only, with a bound on the length of a line."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from pan.system.names import exists, is_file, is_folder

LONGEST_LINE = 1 << 20
"""Characters; a text file with a longer line is refused."""


def open_bytes(path: Path) -> BinaryIO:
    """A file, open for reading.

    Raises:
        OSError: If it cannot be opened, or is a device or a pipe: a read from those may never end.
    """
    check_file(path)
    return path.open("rb")


def open_text(path: Path, errors: str = "strict") -> TextIO:
    """A text file in UTF-8 with or without a byte order mark, its line ends unchanged.

    Raises:
        OSError: As `open_bytes`.
    """
    check_file(path)
    return path.open(newline="", encoding="utf-8-sig", errors=errors)


def lines_of(file: TextIO) -> Iterator[str]:
    """The lines of an open text file with their line ends.

    Raises:
        ValueError: If one is too long, or is not in UTF-8.
    """
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise ValueError(f"a line has more than {LONGEST_LINE:,} characters")
        yield line


def check_file(path: Path) -> None:
    """Refuse devices and pipes.

    Raises:
        OSError: If the path exists and is neither a file nor a folder.
    """
    if exists(path) and not (is_file(path) or is_folder(path)):
        raise OSError(errno.EINVAL, "it is a device or a pipe, not a file", str(path))
