"""Converts images of more than eight bits, or of floating point, to eight bits by one rule."""

from __future__ import annotations

import numpy as np
from jaxtyping import Shaped, UInt8


def eight_bits(values: Shaped[np.ndarray, "H W"]) -> UInt8[np.ndarray, "H W"]:
    """Scale values linearly to 0 to 255.

    Black is 0, or the minimum if it is negative. For integers, white is the largest number with as many bits as the
    maximum: 4,095 for a 12-bit image in a 16-bit file. For floating point, white is the maximum, or 1 if the maximum is
    between 0.5 and 1. Infinite values are white or black and do not count for these limits; NaN is black.
    """
    whole = np.issubdtype(values.dtype, np.integer)
    finite = np.isfinite(values)
    black, largest = float(values.min(where=finite, initial=0)), float(values.max(where=finite, initial=0))
    white = _largest_of_bits(largest) if whole else 1.0 if 0.5 <= largest <= 1 else largest
    levels = np.zeros(values.shape, np.uint8)
    if white > black:
        for level, row in zip(levels, values, strict=True):  # row by row: float64 for the whole image takes much memory
            level[:] = np.rint(np.interp(np.where(np.isnan(row), black, row), (black, white), (0, 255)))
    return levels


def _largest_of_bits(largest: float) -> float:
    return float(2 ** int(largest).bit_length() - 1)
