"""Measures of how attention covers an object, for single maps: pixel average precision, coverage and IoU."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float, Int, UInt16

COVERED = 0.1
"""Share of a map's largest value above which a pixel counts as attended."""

THRESHOLDS = np.linspace(0.02, 1, 50)
"""Thresholds of the IoU, as shares of a map's maximum."""

SMALLEST = 2.0**-31
"""Values below this share of a map's maximum are treated as equal, because they do not fit into 16 bits."""

DROPPED_BITS = 12
"""Dropped bits of a float32's 23 bits of precision: values that differ by less than 0.05 % are treated as equal."""


class Ranking:
    """The pixels of N maps, sorted by value, and the pixels of their objects.

    Pixels of equal value have the same rank; in an empty map all pixels have the same rank.

    Args:
        maps: The maps, with values of at least 0.
        masks: The objects, with at least one pixel each.
    """

    def __init__(self, maps: Float[np.ndarray, "N pixels"], masks: Bool[np.ndarray, "N pixels"]) -> None:
        self._maps, self._masks, self._sizes = maps, masks, masks.sum(1)
        self._largest = maps.max(1, keepdims=True)
        levels = _levels(maps / np.maximum(self._largest, np.finfo(np.float32).tiny))
        self._ranked = np.sort(levels, 1, kind="stable")  # a radix sort, four times as fast as the default
        self._found = np.split(levels[masks], self._sizes.cumsum())[:-1]
        for found in self._found:
            found.sort(kind="stable")

    def precision(self) -> Float[np.ndarray, " N"]:
        """Pixel average precision of each map (PxAP; Choe et al., 2020)."""
        each = [(_at_or_above(found, found) / _at_or_above(ranked, found)).mean()
                for ranked, found in zip(self._ranked, self._found, strict=True)]
        return np.array(each, np.float32)

    def coverage(self) -> Float[np.ndarray, " N"]:
        """Share of the object's pixels whose attention is above a tenth of the map's largest."""
        covered: Int[np.ndarray, " N"] = (self._masks & (self._maps > COVERED * self._largest)).sum(1)
        return np.asarray(covered / self._sizes, np.float32)

    def overlap(self) -> Float[np.ndarray, "N T"]:
        """Intersection over union of the object and the pixels at or above each of `THRESHOLDS`."""
        edges = _levels(THRESHOLDS.astype(np.float32))
        inside = np.array([_at_or_above(found, edges) for found in self._found]).reshape(-1, len(edges))
        above = np.array([_at_or_above(ranked, edges) for ranked in self._ranked]).reshape(-1, len(edges))
        return np.asarray(inside / (self._sizes[:, None] + above - inside), np.float32)


def _levels(shares: Float[np.ndarray, "*shape"]) -> UInt16[np.ndarray, "*shape"]:
    """Values from 0 to 1 as 16-bit integers in the same order: the leading bits of a positive float keep its order."""
    lowest = np.float32(SMALLEST).view(np.int32)
    bits = np.maximum(shares.astype(np.float32), np.float32(SMALLEST)).view(np.int32) - lowest
    levels: UInt16[np.ndarray, "*shape"] = np.minimum(bits >> DROPPED_BITS, np.iinfo(np.uint16).max).astype(np.uint16)
    return levels


def _at_or_above(ranked: UInt16[np.ndarray, " n"], values: UInt16[np.ndarray, " m"]) -> Int[np.ndarray, " m"]:
    """The number of ranked values at or above each value."""
    return len(ranked) - ranked.searchsorted(values)
