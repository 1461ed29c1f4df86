"""JSON from outside as values of a declared type: bounded in size and depth, checked field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pan.system.outside import open_bytes

MOST_BYTES = 64 * 2**20
DEEPEST = 32
"""Lists and objects inside each other; what the program writes needs eight."""

Value = TypeVar("Value")


def read_json(path: Path, kind: type[Value]) -> Value:
    """The value in a file.

    Args:
        path: The file.
        kind: What it is to be: a dataclass, a NamedTuple or any other type that msgspec knows.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is no JSON in UTF-8, too large, too deep, or of another type; the message names the place
            and what is there.
    """
    with open_bytes(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES >> 20} MB")
    return parse_json(data.decode("utf-8-sig"), kind)


def parse_json(text: str, kind: type[Value]) -> Value:
    """The value in a text.

    Python's reader knows NaN, which measures hold where they have no meaning; msgspec's own does not.

    Raises:
        ValueError: As `read_json`.
    """
    try:
        values = json.loads(text)
    except RecursionError as error:
        raise ValueError(f"it is deeper than {DEEPEST} lists and objects inside each other") from error
    check_plain(values)
    return as_kind(values, kind)


def as_kind(values: object, kind: type[Value]) -> Value:
    """Plain values as a value of a type.

    Raises:
        ValueError: If they are of another; the message names the place.
    """
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:  # one of its own kind, with a path such as $.recipe.seed
        raise ValueError(str(error).replace("$.", "").replace(" - at `$`", "")) from error
    except RecursionError as error:
        raise ValueError("it is too deep") from error
    except OverflowError as error:  # a whole number of hundreds of digits, where it is compared with others
        raise ValueError("a number in it is too large") from error


def check_plain(values: object) -> None:
    """Refuse what is deeper than `DEEPEST`, and texts with a NUL: no name and no word has one.

    Raises:
        ValueError: If there is such a thing.
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
                raise ValueError("a text has a NUL in it")
        if not inner:
            return
        level = inner
    raise ValueError(f"it is deeper than {DEEPEST} lists and objects inside each other")


def without_nan(value: object) -> object:
    """The same with null in place of what is no finite number: JSON has none."""
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
"""A JSON object of which no more is known."""
