"""JSON files of any length: entry by entry, in the memory of one, each of the form that its format says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from pan.data.json_stream import json_array
from pan.system.errors import InputError
from pan.system.outside import open_bytes

Form = TypeVar("Form")
MARK = b"\xef\xbb\xbf"
LARGEST = 1 << 26  # bytes of a file that is read at once


def entries(path: Path, array: str, form: type[Form]) -> Iterator[tuple[str, Form]]:
    """The entries of an array with their places, as the beginnings of sentences.

    Args:
        path: A JSON file.
        array: The key of the array in the file's object; empty if the file itself is the array.
        form: What each entry is to be.

    Raises:
        InputError: If the file is missing, cut short or no JSON, or an entry has another form.
    """
    name = f" of “{array}”" if array else ""
    for number, entry in enumerate(json_array(path, array), 1):
        where = f"{path}, entry {number:,}{name}"
        try:
            yield where, msgspec.convert(entry.value, form)
        except (ValueError, OverflowError) as error:  # msgspec's own are ValueErrors
            raise InputError(f"{where}: {_said(error)}.") from error


def whole(path: Path, form: type[Form]) -> Form:
    """A small file at once.

    Raises:
        InputError: If it is missing, too large, no JSON, or of another form.
    """
    try:
        with open_bytes(path) as file:
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
