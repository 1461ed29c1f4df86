"""Reads the official files of versions 1.0 and 1.2, which differ in the names of their fields."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeGuard

from pan.data.json_stream import json_array
from pan.data.opening import LONGEST_SIDE, MOST_PIXELS
from pan.system.errors import InputError

ARCHIVES = ("VG_100K", "VG_100K_2")
"""The folders in the official archives of images."""

LARGEST_NUMBER = 2**62
"""The largest id of an image."""

Corners = tuple[float, float, float, float]


class Photograph(NamedTuple):
    """An entry of `image_data.json`.

    Attributes:
        name: The file in the official archives, such as `VG_100K_2/1.jpg`; without the folder if the image's address
            does not contain it, as for some images of version 1.0.
        width: Width in pixels.
        height: Height in pixels.
    """

    name: str
    width: int
    height: int


class Annotated(NamedTuple):
    """An entry of `attributes.json`.

    Attributes:
        image: The id of the image.
        objects: Its objects as in the file; an entry that is not an object is an empty dict.
        read: Bytes of the file read so far.
    """

    image: int
    objects: list[dict[str, object]]
    read: int


def read_image_data(path: Path) -> dict[int, Photograph]:
    """The images by their ids; entries without an id or a size are left out.

    Raises:
        InputError: If the file is missing or not a JSON array of objects.
    """
    photographs = {}
    for entry, _ in json_array(path):
        values = _object(path, entry)
        number, width, height = _image_number(values), values.get("width"), values.get("height")
        if number is not None and _is_size(width) and _is_size(height):
            folder = next((each for each in ARCHIVES if f"/{each}/" in str(values.get("url"))), "")
            photographs[number] = Photograph(f"{folder}/{number}.jpg".lstrip("/"), width, height)
    if not photographs:
        raise InputError(f"{path} holds no image with “image_id”, “width” and “height”; give image_data.json.")
    return photographs


def read_annotations(path: Path) -> Iterator[Annotated]:
    """The entries of `attributes.json`, one by one.

    Raises:
        InputError: If the file is missing or of another format.
    """
    for entry, read in json_array(path):
        values = _object(path, entry)
        number, objects = _image_number(values), values.get("attributes", "")
        if number is None or not isinstance(objects, list | None):
            raise InputError(f"{path} has an entry without “image_id” or “attributes”; give attributes.json of "
                             "version 1.0 or 1.2.")  # fmt: skip
        yield Annotated(number, list(_once(objects or [])), read)


def _once(objects: list[object]) -> Iterator[dict[str, object]]:
    """The objects of an image without repeated ids; an entry that is not an object becomes an empty one."""
    seen: set[int] = set()
    for each in objects:
        values = each if isinstance(each, dict) else {}
        number = values.get("object_id")
        if isinstance(number, int):
            if number in seen:
                continue
            seen.add(number)
        yield values


def names(values: dict[str, object]) -> object:
    """An object's names: `names`, in version 1.0 `object_names`."""
    return values.get("names", values.get("object_names"))


def clipped_box(values: dict[str, object], photograph: Photograph) -> Corners | None:
    """Left, top, width and height of an object's box clipped to the image; None if it is outside."""
    sides = [values.get(name) for name in "xywh"]
    x, y, width, height = map(_side, sides)
    if not all(map(math.isfinite, (x, y, width, height))):
        return None
    left, right = max(0.0, x), min(photograph.width, x + width)
    top, bottom = max(0.0, y), min(photograph.height, y + height)
    return (left, top, right - left, bottom - top) if left < right and top < bottom else None


def _side(value: object) -> float:
    """A number of pixels; NaN for any other value."""
    return float(value) if isinstance(value, int | float) and abs(value) <= MOST_PIXELS else math.nan


def _image_number(values: dict[str, object]) -> int | None:
    """`image_id`, in version 1.0 `id`."""
    number = values.get("image_id", values.get("id"))
    return number if isinstance(number, int) and 0 <= number <= LARGEST_NUMBER else None


def _is_size(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and 0 < value <= LONGEST_SIDE


def _object(path: Path, entry: object) -> dict[str, object]:
    if not isinstance(entry, dict):
        raise InputError(f"{path} is not an array of objects; give one of Visual Genome's files.")
    return entry
