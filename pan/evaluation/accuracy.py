"""Accuracy with its interval, over the scale of the queried object, and as a confusion matrix."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from pan.evaluation.intervals import Interval, image_interval, share_interval

SCALE_EDGES = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
"""Fig. 6a: (0.5, 1.0] … (2.5, 3.0]."""


class ScaleBin(NamedTuple):
    """The questions about objects of similar size.

    Attributes:
        low: Scale above which the bin begins.
        high: Largest scale in it.
        examples: Its questions.
        accuracy: Share of right answers, None for an empty bin.
        interval: Its 95 % interval, None for an empty bin.
    """

    low: float
    high: float
    examples: int
    accuracy: float | None
    interval: Interval | None


class ScaleMean(NamedTuple):
    """The questions about objects of similar size, and a measure of their attention.

    Attributes:
        low: Scale above which the bin begins.
        high: Largest scale in it.
        examples: Its questions that have the measure.
        mean: The measure's mean, None for an empty bin.
        interval: Its 95 % interval, None for fewer than two images.
    """

    low: float
    high: float
    examples: int
    mean: float | None
    interval: Interval | None


class Confusion(NamedTuple):
    """The confusion matrix.

    Attributes:
        words: The answer words.
        counts: Number of questions by right answer (row) and predicted answer (column), in the order of the words.
    """

    words: tuple[str, ...]
    counts: Int[np.ndarray, "K K"]


def scale_edges(scale: Float[np.ndarray, " R"]) -> tuple[float, ...]:
    """Edges of the bins of scale: those of Fig. 6a, or five bins of about equal size if some scales lie outside.

    Args:
        scale: Of each question, NaN where unknown; one at least is known.
    """
    known = scale[~np.isnan(scale)]
    if SCALE_EDGES[0] <= known.min() and known.max() <= SCALE_EDGES[-1]:
        return SCALE_EDGES
    edges = np.unique(np.quantile(known, np.linspace(0, 1, len(SCALE_EDGES)), method="nearest"))
    return tuple(edges.tolist()) if len(edges) > 1 else (float(edges[0]), float(edges[0]))


def scale_bins(scale: Float[np.ndarray, " R"]) -> Iterator[tuple[float, float, Bool[np.ndarray, " R"]]]:
    """Low end, high end and questions of each bin of scale, the first with its lower end; none if no scale is known."""
    if np.isnan(scale).all():
        return
    edges = scale_edges(scale)
    for low, high in pairwise(edges):
        yield low, high, (scale > low) & (scale <= high) | (low == edges[0]) & (scale == low)


def accuracy_by_scale(
    right: Bool[np.ndarray, " R"], scale: Float[np.ndarray, " R"], image: Int[np.ndarray, " R"]
) -> list[ScaleBin] | None:
    """Accuracy in bins of scale; None if no scale is known."""
    return [
        ScaleBin(low, high, int(inside.sum()), *_share(right[inside], image[inside]))
        for low, high, inside in scale_bins(scale)
    ] or None


def mean_by_scale(
    values: Float[np.ndarray, " R"], scale: Float[np.ndarray, " R"], image: Int[np.ndarray, " R"]
) -> list[ScaleMean] | None:
    """The mean of a measure in bins of scale, without its NaNs; None if no scale is known."""
    bins = []
    for low, high, inside in scale_bins(scale):
        inside = inside & ~np.isnan(values)
        mean = float(values[inside].mean()) if inside.any() else None
        bins.append(ScaleMean(low, high, int(inside.sum()), mean, image_interval(values[inside], image[inside])))
    return bins or None


def _share(right: Bool[np.ndarray, " r"], image: Int[np.ndarray, " r"]) -> tuple[float | None, Interval | None]:
    return (float(right.mean()), share_interval(right, image)) if len(right) else (None, None)


def confuse(
    answer: Int[np.ndarray, " R"], predicted: Int[np.ndarray, " R"], words: tuple[str, ...]
) -> Confusion:
    """Compute the confusion matrix."""
    size = len(words)
    return Confusion(words, np.bincount(answer * size + predicted, minlength=size * size).reshape(size, size))
