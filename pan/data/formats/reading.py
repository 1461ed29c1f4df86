"""JSON files of any length: entry by entry, in the memory of one, each of the form that its format says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import ijson
import msgspec

from pan.system.errors import InputError

Entry = TypeVar("Entry")
MARK = b"\xef\xbb\xbf"
LARGEST = 1 << 26  # bytes of a file that is read at once


def entries(path: Path, array: str, form: type[Entry]) -> Iterator[tuple[str, Entry]]:
    """The entries of an array with their places, as the beginnings of sentences.

    Args:
        path: A JSON file.
        array: The key of the array in the file's object; empty if the file itself is the array.
        form: What each entry is to be.

    Raises:
        InputError: If the file is missing, cut short or no JSON, or an entry has another form.
    """
    name = f" of “{array}”" if array else ""
    prefix = f"{array}.item" if array else "item"
    try:
        with path.open("rb") as file:
            _skip_mark(file)
            for number, value in enumerate(ijson.items(file, prefix, use_float=True), 1):
                where = f"{path}, entry {number:,}{name}"
                try:
                    yield where, msgspec.convert(value, form)
                except msgspec.ValidationError as error:
                    raise InputError(f"{where}: {_said(error)}.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ijson.JSONError, ValueError, RecursionError, MemoryError) as error:
        raise InputError(f"{path} is not a whole JSON file ({_line(error)}); download or save it again.") from error


def whole(path: Path, form: type[Entry]) -> Entry:
    """A small file at once.

    Raises:
        InputError: If it is missing, too large, no JSON, or of another form.
    """
    try:
        with path.open("rb") as file:
            _skip_mark(file)
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise InputError(f"{path} has more than {LARGEST >> 20} MB; it is of another kind.")
        return msgspec.json.decode(content, type=form)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {_said(error)}.") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"{path} is not a whole JSON file ({_line(error)}); save it again.") from error


def _skip_mark(file: BinaryIO) -> None:
    """Step over a byte order mark."""
    if file.read(len(MARK)) != MARK:
        file.seek(0)


def _said(error: Exception) -> str:
    """What msgspec says, in the words of our sentences: what is expected where."""
    text = str(error).replace("`", "").replace(" - at $", " at ").strip()
    return text[:1].lower() + text[1:]


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
