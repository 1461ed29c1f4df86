"""What is odd about a set's masks, each of which is read."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pan.data.check.rows import Asked
from pan.data.masks import load_mask
from pan.data.opening import load_image
from pan.system.errors import InputError

REPORT_EVERY = 100


@dataclass
class Masks:
    """How many questions have what.

    Attributes:
        known: Those whose pixels are known, by a mask or by boxes.
        missing: Those whose pixels are not known.
        empty: Those whose mask has no pixel.
        whole: Those whose mask is the whole image.
        unreadable: Those whose mask is missing, damaged or not as large as its image.
    """

    known: int = 0
    missing: int = 0
    empty: int = 0
    whole: int = 0
    unreadable: int = 0


def check_masks(rows: Sequence[Asked], remarks: list[str]) -> Generator[int, None, Masks]:
    """Read every image and mask, yielding how many questions are gone through; the first of each fault is remarked."""
    masks, image, size = Masks(), Path(), (0, 0)
    for number, row in enumerate(rows):
        if number % REPORT_EVERY == 0:
            yield number
        masks.known += row.known
        masks.missing += not row.known
        if row.image != image:
            image, size = row.image, _size(row.image, remarks)
        if row.mask is not None and size != (0, 0):
            _check(row, row.mask, size, masks, remarks)
    return masks


def _size(path: Path, remarks: list[str]) -> tuple[int, int]:
    try:
        return load_image(path).size
    except InputError as error:
        remarks.append(str(error))
        return 0, 0


def _check(row: Asked, path: Path, size: tuple[int, int], masks: Masks, remarks: list[str]) -> None:
    try:
        mask = load_mask(path)
    except InputError as error:
        masks.unreadable += 1
        remarks.append(str(error))
        return
    fault = ""
    if mask.shape != size[::-1]:
        masks.unreadable += 1
        fault = f"has {mask.shape[1]} × {mask.shape[0]} pixels, its image {size[0]} × {size[1]}"
    elif not mask.any():
        masks.empty += 1
        fault = "is empty"
    elif mask.all():
        masks.whole += 1
        fault = "is the whole image"
    if fault:
        remarks.append(f"{row.where}: the mask {path} {fault}.")
