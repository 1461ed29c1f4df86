"""How often answers are right: with an interval, over the scale of what is asked about, and between which words."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from pan.evaluation.intervals import Interval, wilson_interval

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


class Confusion(NamedTuple):
    """Which answers were given for which.

    Attributes:
        words: The answer words.
        counts: Questions, by right answer (row) and answer given (column), in the order of the words.
    """

    words: tuple[str, ...]
    counts: Int[np.ndarray, "K K"]


def scale_edges(scale: Float[np.ndarray, " R"]) -> tuple[float, ...]:
    """Where bins of scale begin and end: those of Fig. 6a, or five of about as many questions if some lie outside.

    Args:
        scale: Of each question, NaN where unknown; one at least is known.
    """
    known = scale[~np.isnan(scale)]
    if SCALE_EDGES[0] <= known.min() and known.max() <= SCALE_EDGES[-1]:
        return SCALE_EDGES
    edges = np.unique(np.quantile(known, np.linspace(0, 1, len(SCALE_EDGES)), method="nearest"))
    return tuple(edges.tolist()) if len(edges) > 1 else (float(edges[0]), float(edges[0]))


def accuracy_by_scale(right: Bool[np.ndarray, " R"], scale: Float[np.ndarray, " R"]) -> list[ScaleBin] | None:
    """Accuracy in bins of scale, the first with its lower end; None if no scale is known."""
    if np.isnan(scale).all():
        return None
    bins = []
    edges = scale_edges(scale)
    for low, high in pairwise(edges):
        inside = (scale > low) & (scale <= high) | (low == edges[0]) & (scale == low)
        examples, hits = int(inside.sum()), int(right[inside].sum())
        accuracy = hits / examples if examples else None
        interval = wilson_interval(hits, examples) if examples else None
        bins.append(ScaleBin(low, high, examples, accuracy, interval))
    return bins


def confuse(
    answer: Int[np.ndarray, " R"], predicted: Int[np.ndarray, " R"], words: tuple[str, ...]
) -> Confusion:
    """Which answers were given for which."""
    size = len(words)
    return Confusion(words, np.bincount(answer * size + predicted, minlength=size * size).reshape(size, size))
