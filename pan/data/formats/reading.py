"""Reads annotation files: large JSON arrays entry by entry, each validated against its format's schema."""

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
    """The entries of an array with their places, as the starts of messages.

    Args:
        path: A JSON file.
        array: The key of the array in the file's object; empty if the file itself is the array.
        form: The type of an entry.

    Raises:
        InputError: If the file is missing, truncated or not JSON, or an entry has another type.
    """
    name = f" of “{array}”" if array else ""
    for number, entry in enumerate(json_array(path, array), 1):
        where = f"{path}, entry {number:,}{name}"
        try:
            yield where, msgspec.convert(entry.value, form)
        except (ValueError, OverflowError) as error:  # msgspec's errors are ValueErrors
            raise InputError(f"{where}: {_said(error)}.") from error


def whole(path: Path, form: type[Form]) -> Form:
    """The content of a small file.

    Raises:
        InputError: If it is missing, too large, not JSON, or of another type.
    """
    try:
        with open_bytes(path) as file:
            _skip_mark(file)
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise InputError(f"{path} is larger than {LARGEST >> 20} MB; give a file of annotations.")
        return msgspec.json.decode(content, type=form)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {_said(error)}.") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"{path} is not a complete JSON file ({_line(error)}); save it again.") from error


def _skip_mark(file: BinaryIO) -> None:
    """Skip a byte order mark."""
    if file.read(len(MARK)) != MARK:
        file.seek(0)


def _said(error: Exception) -> str:
    """The message of msgspec in the form of our messages."""
    text = str(error).replace("`", "").replace(" - at $", " at ").strip()
    return text[:1].lower() + text[1:]


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
