"""Pixels of more than eight bits as pixels of eight: one rule for 12 and 16 bits, 32 bits and floating point."""

from __future__ import annotations

import numpy as np
from jaxtyping import Shaped, UInt8


def eight_bits(values: Shaped[np.ndarray, "H W"]) -> UInt8[np.ndarray, "H W"]:
    """Values scaled linearly so that there is something to see.

    Black is 0, or the smallest value where one is negative. White of whole numbers is the largest that their bits
    can hold, as many bits as the largest value needs: 4,095 of a 12-bit camera's picture in 16 bits. White of other
    numbers is the largest value, or 1 where that is between a half and 1. What is infinite is white or black and
    sets neither of them, and what is no number is black.
    """
    whole = np.issubdtype(values.dtype, np.integer)
    finite = np.isfinite(values)
    black, largest = float(values.min(where=finite, initial=0)), float(values.max(where=finite, initial=0))
    white = _largest_of_bits(largest) if whole else 1.0 if 0.5 <= largest <= 1 else largest
    levels = np.zeros(values.shape, np.uint8)
    if white > black:
        for level, row in zip(levels, values, strict=True):  # all at once would take eight bytes a pixel
            level[:] = np.rint(np.interp(np.where(np.isnan(row), black, row), (black, white), (0, 255)))
    return levels


def _largest_of_bits(largest: float) -> float:
    return float(2 ** int(largest).bit_length() - 1)
