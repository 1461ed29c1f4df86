"""Whether attention covers the whole of an object: pixel average precision, coverage and overlap of single maps."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int, UInt16

COVERED = 0.1
"""Share of a map's largest value above which a pixel counts as attended."""

THRESHOLDS = np.linspace(0.02, 1, 50)
"""Shares of a map's largest value at which its overlap with the object is taken."""

SMALLEST = 2.0**-31
"""Values below this share of a map's largest are equal: they have no place of their own in 16 bits."""

DROPPED_BITS = 12
"""Of a float32's 23 of precision: values closer than 0.05 % of their size are equal."""


class Covering(NamedTuple):
    """How N maps cover their objects.

    Attributes:
        precision: Average precision of each map's pixels as a detector of its object's (Choe et al., 2020: PxAP).
        coverage: Share of the object's pixels whose attention is above a tenth of the map's largest.
        overlap: Intersection over union of the object and the pixels at or above each of `THRESHOLDS`.
    """

    precision: Float[np.ndarray, " N"]
    coverage: Float[np.ndarray, " N"]
    overlap: Float[np.ndarray, "N T"]


def cover(maps: Float[np.ndarray, "N pixels"], masks: Bool[np.ndarray, "N pixels"]) -> Covering:
    """Measure maps against the objects' pixels, of which each mask has one or more.

    Pixels of equal value come into the ranking together; an empty map ranks all of them alike.
    """
    largest = maps.max(1, keepdims=True)
    levels = _levels(maps / np.maximum(largest, np.finfo(np.float32).tiny))
    ranked = np.sort(levels, 1)  # a radix sort, ten times as fast as that of floats
    size = masks.sum(1)
    precision, coverage = np.empty(len(maps), np.float32), np.empty(len(maps), np.float32)
    overlap = np.empty((len(maps), len(THRESHOLDS)), np.float32)
    edges = _levels(THRESHOLDS.astype(np.float32))
    for number, (own, mask) in enumerate(zip(levels, masks, strict=True)):
        found = np.sort(own[mask])
        above = _at_or_above(ranked[number], found)
        precision[number] = (_at_or_above(found, found) / above).mean()
        coverage[number] = (maps[number, mask] > COVERED * largest[number]).mean()
        inside = _at_or_above(found, edges)
        overlap[number] = inside / (size[number] + _at_or_above(ranked[number], edges) - inside)
    return Covering(precision, coverage, overlap)


def _levels(shares: Float[np.ndarray, "*shape"]) -> UInt16[np.ndarray, "*shape"]:
    """Values from 0 to 1 in their order, in 16 bits: the leading bits of a positive float order as the float itself."""
    lowest = np.float32(SMALLEST).view(np.int32)
    bits = np.maximum(shares.astype(np.float32), np.float32(SMALLEST)).view(np.int32) - lowest
    levels: UInt16[np.ndarray, "*shape"] = np.minimum(bits >> DROPPED_BITS, np.iinfo(np.uint16).max).astype(np.uint16)
    return levels


def _at_or_above(ranked: UInt16[np.ndarray, " n"], values: UInt16[np.ndarray, " m"]) -> Int[np.ndarray, " m"]:
    """How many of the ranked values are at or above each value."""
    return len(ranked) - np.searchsorted(ranked, values)
