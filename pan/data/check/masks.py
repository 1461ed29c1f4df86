"""Checks images and masks of a set."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pan.data.check.rows import Asked
from pan.data.masks import load_mask
from pan.data.opening import load_image
from pan.system.errors import InputError
from pan.system.processes import in_processes, processors

AT_ONCE = 100
FEWEST_FOR_PROCESSES = 2_000  # questions: fewer are checked before a process has started


@dataclass
class Masks:
    """Counts of questions.

    Attributes:
        known: With a mask or boxes.
        missing: Without a mask or boxes.
        empty: With a mask that has no pixel.
        whole: With a mask that covers the whole image.
        unreadable: With a mask that is missing, damaged or not of the image's size.
    """

    known: int = 0
    missing: int = 0
    empty: int = 0
    whole: int = 0
    unreadable: int = 0

    def __add__(self, other: Masks) -> Masks:
        """The sums of the counts."""
        return Masks(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Masks)))


def check_masks(rows: Sequence[Asked], remarks: list[str]) -> Generator[int, None, Masks]:
    """Open the images and masks of questions, yielding the number of questions done.

    Problems are added to `remarks`. The masks that the index gives and lacks are not counted here.
    """
    pieces = (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
    processes = processors() if len(rows) >= FEWEST_FOR_PROCESSES else 0
    masks, unique, done = Masks(), dict.fromkeys(remarks), 0
    with closing(in_processes(_check_some, pieces, processes)) as checking:
        for counts, found in checking:
            masks += counts
            unique |= dict.fromkeys(found)  # two pieces may report the same image
            done = min(done + AT_ONCE, len(rows))
            yield done
    remarks[:] = unique
    return masks


def _check_some(rows: Sequence[Asked]) -> tuple[Masks, list[str]]:
    """Check consecutive questions; returns counts and remarks."""
    masks, image, size, remarks = Masks(), Path(), (0, 0), list[str]()
    see = lru_cache(_see)  # consecutive questions often share a mask
    for row in rows:
        if row.image != image:
            image, size = row.image, _size(row.image, remarks)
        if row.mask is not None and size != (0, 0):
            _check(row, see, row.mask, size, masks, remarks)
    return masks, remarks


def _size(path: Path, remarks: list[str]) -> tuple[int, int]:
    try:
        return load_image(path).size
    except InputError as error:
        remarks.append(str(error))
        return 0, 0


def _check(
    row: Asked, see: Callable[[Path], _Seen], path: Path, size: tuple[int, int], masks: Masks, remarks: list[str]
) -> None:
    try:
        seen = see(path)
    except InputError as error:
        masks.unreadable += 1
        remarks.append(str(error))
        return
    fault = ""
    if (seen.width, seen.height) != size:
        masks.unreadable += 1
        fault = f"has {seen.width} × {seen.height} pixels, its image {size[0]} × {size[1]}"
    elif not seen.pixels:
        masks.empty += 1
        fault = "is empty"
    elif seen.pixels == seen.width * seen.height:
        masks.whole += 1
        fault = "is the whole image"
    if fault:
        remarks.append(f"{row.where}: the mask {path} {fault}.")


class _Seen(NamedTuple):
    width: int
    height: int
    pixels: int


def _see(path: Path) -> _Seen:
    mask = load_mask(path)
    return _Seen(mask.shape[1], mask.shape[0], int(mask.sum()))
