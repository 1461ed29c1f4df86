"""Files from outside, opened for reading: files alone, and no line of a text without an end."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from pan.system.names import exists, is_file, is_folder

LONGEST_LINE = 1 << 20
"""Characters; a file that goes on for longer is no text that a person or a program wrote in lines."""


def open_bytes(path: Path) -> BinaryIO:
    """A file, open for reading.

    Raises:
        OSError: If it cannot be opened, or is a device or a pipe: whoever reads those may wait, or read, without end.
    """
    check_file(path)
    return path.open("rb")


def open_text(path: Path, errors: str = "strict") -> TextIO:
    """A text in UTF-8 with or without a byte order mark, its line ends as they are.

    Raises:
        OSError: As `open_bytes`.
    """
    check_file(path)
    return path.open(newline="", encoding="utf-8-sig", errors=errors)


def lines_of(file: TextIO) -> Iterator[str]:
    """The lines of an open text with their ends.

    Raises:
        ValueError: If one is too long, or is not in UTF-8.
    """
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise ValueError(f"a line has more than {LONGEST_LINE:,} characters")
        yield line


def check_file(path: Path) -> None:
    """Refuse what is there and is neither a file nor a folder.

    Raises:
        OSError: If it is so.
    """
    if exists(path) and not (is_file(path) or is_folder(path)):
        raise OSError(errno.EINVAL, "it is a device or a pipe, not a file", str(path))
