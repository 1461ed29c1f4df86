"""95 % confidence intervals."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float, Int

Z = 1.959963984540054  # the normal distribution holds 95 % within ± Z
RESAMPLES = 1000
SEED = 0
DRAWN_AT_ONCE = 2**18  # images: as few as stay in the processor's cache, and many enough for one call

Interval = tuple[float, float]


def wilson_interval(share: float, examples: int) -> Interval:
    """The interval of Wilson (1927) for a share; it lies in [0, 1] even if all answers are right."""
    square = Z * Z / examples
    middle = (share + square / 2) / (1 + square)
    reach = Z * math.sqrt(share * (1 - share) / examples + square / (4 * examples)) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def image_interval(values: Float[np.ndarray, " N"], image: Int[np.ndarray, " N"]) -> Interval | None:
    """The interval of a mean over questions, by a percentile bootstrap over images.

    Questions about the same image are not independent: they share its background and its objects.

    Args:
        values: The value of each question; NaN if it has none.
        image: The image of each question.

    Returns:
        None for fewer than two images.
    """
    known = ~np.isnan(values)
    counts = np.bincount(image[known])
    sums = np.bincount(image[known], values[known])[counts > 0]
    counts = counts[counts > 0]
    if len(counts) < 2:
        return None
    rng = np.random.default_rng(SEED)
    parts = _parts(RESAMPLES, max(1, DRAWN_AT_ONCE // len(counts)))
    means = [_drawn_means(sums, counts, resamples, rng) for resamples in parts]
    low, high = np.quantile(np.concatenate(means), (0.025, 0.975))
    return float(low), float(high)


def _drawn_means(
    sums: Float[np.ndarray, " M"], counts: Int[np.ndarray, " M"], resamples: int, rng: np.random.Generator
) -> Float[np.ndarray, " resamples"]:
    drawn = rng.integers(len(counts), size=(resamples, len(counts)))
    means: Float[np.ndarray, " resamples"] = sums[drawn].sum(1) / counts[drawn].sum(1)
    return means


def _parts(total: int, most: int) -> Iterator[int]:
    """A number as a sum of numbers that are not too large."""
    yield from (min(most, total - start) for start in range(0, total, most))


def share_interval(right: Bool[np.ndarray, " N"], image: Int[np.ndarray, " N"]) -> Interval:
    """The same for a share, which lies in [0, 1].

    If all values are equal, the bootstrap interval is empty; then it is Wilson's interval with one sample per image.
    """
    interval = image_interval(right.astype(float), image)
    if interval is None or interval[0] == interval[1]:
        images = len(np.unique(image))
        return wilson_interval(float(right.mean()), images)
    return interval
