"""Untrusted JSON, validated as a declared type: bounded in size and depth, checked field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pan.system.outside import open_bytes

MOST_BYTES = 64 * 2**20
DEEPEST = 32
"""Levels of nesting that are allowed; the program's own files have eight."""

Value = TypeVar("Value")


def read_json(path: Path, kind: type[Value]) -> Value:
    """Read a file as a value of a type.

    Args:
        path: The file.
        kind: A dataclass, a NamedTuple or any other type that msgspec knows.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is not JSON in UTF-8, too large, nested too deeply, or of another type. The message names the
            field and its value.
    """
    with open_bytes(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES >> 20} MB")
    return parse_json(data.decode("utf-8-sig"), kind)


def parse_json(text: str, kind: type[Value]) -> Value:
    """Read a text as a value of a type.

    Undefined measures are NaN in the files. Python's JSON reader accepts NaN, msgspec's own does not.

    Raises:
        ValueError: As `read_json`.
    """
    try:
        values = json.loads(text)
    except RecursionError as error:
        raise ValueError(f"it has more than {DEEPEST} levels of nesting") from error
    check_plain(values)
    return as_kind(values, kind)


def as_kind(values: object, kind: type[Value]) -> Value:
    """Convert plain values to a type.

    Raises:
        ValueError: If a value has another type; the message names the field.
    """
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:  # its message has a path such as $.recipe.seed
        raise ValueError(str(error).replace("$.", "").replace(" - at `$`", "")) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except OverflowError as error:  # an integer of hundreds of digits
        raise ValueError("a number in it is too large") from error


def check_plain(values: object) -> None:
    """Refuse values that are nested deeper than `DEEPEST`, and strings with a NUL character.

    Raises:
        ValueError: If there is one.
    """
    level: list[object] = [values]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner += [*value, *value.values()]
            elif isinstance(value, list):
                inner += value
            elif isinstance(value, str) and "\0" in value:
                raise ValueError("a text has a NUL character in it")
        if not inner:
            return
        level = inner
    raise ValueError(f"it has more than {DEEPEST} levels of nesting")


def without_nan(value: object) -> object:
    """Replace NaN and infinity by None: JSON has neither."""
    match value:
        case float():
            return value if abs(value) < float("inf") else None
        case dict():
            return {key: without_nan(each) for key, each in value.items()}
        case list() | tuple():
            return [without_nan(each) for each in value]
        case _:
            return value


Plain = dict[str, Any]
"""A JSON object of any content."""
