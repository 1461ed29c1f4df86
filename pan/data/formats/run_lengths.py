"""COCO's run-length encoding of masks: lengths of alternating runs outside and inside, in column order.

In the text form, a number is split into groups of five bits, lowest first; a sixth bit marks that more follow, and each
group is a character from “0” on. From the fourth number on, the difference to the second number before is encoded
(`maskApi.c` of the COCO API). pycocotools is not used: nothing else of it is needed, and it must be compiled on systems
without a wheel.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool

from pan.data.opening import MOST_PIXELS

GROUPS = 8  # of five bits: enough for any image


def decode(counts: Sequence[int] | str, height: int, width: int) -> Bool[np.ndarray, "h w"]:
    """The mask of the given runs.

    Raises:
        ValueError: If the runs are not those of a mask of that size.
    """
    if min(height, width) < 1 or height * width > MOST_PIXELS:
        raise ValueError(f"a mask of {width} × {height} pixels cannot be read")
    runs = _numbers(counts) if isinstance(counts, str) else counts
    if any(run < 0 for run in runs) or sum(runs) != height * width:
        raise ValueError(f"runs of {sum(runs):,} pixels do not fill a mask of {width} × {height}")
    inside = np.arange(len(runs)) % 2 == 1
    return np.repeat(inside, runs).reshape(width, height).T


def encode(mask: Bool[np.ndarray, "h w"]) -> str:
    """A mask in the text form."""
    pixels = mask.T.reshape(-1)
    ends = np.append(np.flatnonzero(pixels[1:] != pixels[:-1]) + 1, len(pixels))
    runs = np.diff(ends, prepend=0).tolist()
    if pixels[0]:
        runs.insert(0, 0)
    return "".join(_text(run - runs[place - 2] if place > 2 else run) for place, run in enumerate(runs))


def _text(number: int) -> str:
    text, more = "", True
    while more:
        group = number & 0x1F
        number >>= 5
        more = number != (-1 if group & 0x10 else 0)
        text += chr(48 + (group | 0x20 if more else group))
    return text


def _numbers(text: str) -> list[int]:
    numbers: list[int] = []
    number, groups = 0, 0
    for sign in text:
        group = ord(sign) - 48
        if not 0 <= group < 64 or groups == GROUPS:
            raise ValueError("the text of its runs is damaged")
        number |= (group & 0x1F) << (5 * groups)
        groups += 1
        if group & 0x20:
            continue
        if group & 0x10:
            number -= 1 << (5 * groups)
        numbers.append(number + numbers[-2] if len(numbers) > 2 else number)
        number, groups = 0, 0
    if groups:
        raise ValueError("the text of its runs is cut short")
    return numbers
