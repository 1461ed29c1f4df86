"""Precision and recall of attention as a detector of the object's pixels, over all pixels of a set (Fig. 6b)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

DROPPED_BITS = 13  # of a float32's 23 of precision: values closer than 0.1 % of their size share a bin
BINS = (np.float32(1).view(np.int32) >> DROPPED_BITS) + 1
POINTS = 101


class PrecisionRecall(NamedTuple):
    """A curve from the highest threshold to the lowest.

    Attributes:
        precision: Share of the object's pixels among those above the threshold.
        recall: Share of the object's pixels that are above the threshold.
    """

    precision: list[float]
    recall: list[float]


class PixelHistogram:
    """Histograms of the values of maps: of pixels on the object, and of all pixels.

    A set has hundreds of millions of pixels, too many to be stored. The leading bits of a positive float are the number
    of its bin; they keep the order of floats and give fine bins for small values, such as most values of a softmax.
    """

    def __init__(self) -> None:
        self._object = np.zeros(BINS, np.int64)
        self._all = np.zeros(BINS, np.int64)

    def add(self, maps: Float[Tensor, "N S S"], masks: Bool[Tensor, "N S S"]) -> None:
        """Count the pixels of maps, each rescaled to [0, 1] by (x − min)/(max − min)."""
        flat = maps.flatten(1)
        low, high = flat.aminmax(dim=1, keepdim=True)
        rescaled = (flat - low) / (high - low).clamp_min(torch.finfo(flat.dtype).tiny)
        bins = rescaled.view(torch.int32) >> DROPPED_BITS
        self._all += _count(bins.flatten())
        self._object += _count(bins[masks.flatten(1)])

    def _ranked(self) -> tuple[Int[np.ndarray, " thresholds"], Int[np.ndarray, " thresholds"]]:
        """Pixels of the object, and of all, at or above each value that occurs, the highest first."""
        occurs = self._all[::-1] > 0
        return self._object[::-1].cumsum()[occurs], self._all[::-1].cumsum()[occurs]

    def average_precision(self) -> float | None:
        """Σ (R_n − R_{n−1}) P_n over all thresholds, scikit-learn's definition; None without an object's pixel."""
        found, above = self._ranked()
        if not self._object.any():
            return None
        return float(np.sum(np.diff(found, prepend=0) * (found / above)) / found[-1])

    def curve(self) -> PrecisionRecall | None:
        """The curve at recalls about a hundredth apart; None without an object's pixel."""
        found, above = self._ranked()
        if not self._object.any():
            return None
        precision, recall = found / above, found / found[-1]
        chosen = np.unique(np.searchsorted(recall, np.linspace(0, 1, POINTS)))
        return PrecisionRecall(precision[chosen].tolist(), recall[chosen].tolist())


@dataclass
class Histograms:
    """The histograms of a set.

    Attributes:
        last: Values of the last map.
        accumulated: Values of the product of all maps.
    """

    last: PixelHistogram = field(default_factory=PixelHistogram)
    accumulated: PixelHistogram = field(default_factory=PixelHistogram)

    def add(self, last: Float[Tensor, "N S S"], product: Float[Tensor, "N S S"], masks: Bool[Tensor, "N S S"]) -> None:
        """Count the pixels of the last maps and of the products; of one layer both are the same."""
        self.last.add(last, masks)
        if product is last:
            self.accumulated = self.last
        else:
            self.accumulated.add(product, masks)


def _count(bins: Int[Tensor, " pixels"]) -> Int[np.ndarray, " bins"]:
    counts: Int[np.ndarray, " bins"] = torch.bincount(bins, minlength=int(BINS)).cpu().numpy()
    return counts
