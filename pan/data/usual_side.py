"""The size of a set's images, from some of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from pan.data.opening import image_size
from pan.system.errors import InputError

LOOKED_AT = 60
"""The number of images, spread over the set, whose size is read."""


def usual_side(images: Sequence[Path]) -> int:
    """The longer side of a set's images in pixels, as the median over some of them.

    Raises:
        InputError: If none of them can be opened.
    """
    return round(median(_sides(images[:: max(1, len(images) // LOOKED_AT)])))


def _sides(images: Sequence[Path]) -> list[int]:
    """The longer side of each readable image; training reports the others."""
    sides = []
    for image in images:
        try:
            sides.append(max(image_size(image)))
        except (InputError, OSError):
            continue
    if not sides:
        raise InputError(f"{images[0]} and the other images of the set cannot be opened; check the set with "
                         "pan data check.")
    return sides
