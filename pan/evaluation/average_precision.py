"""Average precision of a network's answers, as defined by PASCAL VOC: how well it ranks questions by an answer.

Since VOC 2010 it is the area under the precision-recall curve after precision has been made monotonic (all points).
Before, it was the mean of that curve's precision at recalls 0, 0.1, …, 1 (11 points).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

POINTS = 11


class AveragePrecision(NamedTuple):
    """Average precision of one answer, 0 to 1; NaN if it is right for no question.

    Attributes:
        all_points: The definition since VOC 2010.
        eleven_points: The earlier definition.
    """

    all_points: float
    eleven_points: float


class AnswerPrecision(NamedTuple):
    """Average precision of each of K answers.

    Attributes:
        all_points: The definition since VOC 2010; NaN for an answer that is right for no question.
        eleven_points: The earlier definition.
        examples: Number of questions for which each answer is right.
    """

    all_points: Float[np.ndarray, " K"]
    eleven_points: Float[np.ndarray, " K"]
    examples: Int[np.ndarray, " K"]

    @property
    def mean(self) -> float:
        """The mean over answers, weighted by their numbers of questions (section 4.2)."""
        return weighted_mean(self.all_points, self.examples)

    @property
    def mean_of_eleven_points(self) -> float:
        """The same for the 11-point definition."""
        return weighted_mean(self.eleven_points, self.examples)


def average_precision(scores: Float[np.ndarray, " R"], right: Bool[np.ndarray, " R"]) -> AveragePrecision:
    """Average precision of one answer over R questions; questions with equal scores are ranked together.

    Args:
        scores: Scores that increase with the answer's probability.
        right: Whether the answer is right for each question.
    """
    total = int(right.sum())
    if total == 0:
        return AveragePrecision(np.nan, np.nan)
    order = np.argsort(-scores)  # in any order where equal: they are taken together
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)  # of each run of equal scores
    found = right[order].cumsum()[last]
    envelope = np.maximum.accumulate((found / (last + 1))[::-1])[::-1]
    all_points = float(np.sum(np.diff(found, prepend=0) * envelope) / total)
    reached = np.searchsorted(found * (POINTS - 1), np.arange(POINTS) * total)  # whole numbers: 0.3 is 3 of 10
    return AveragePrecision(all_points, float(envelope[reached].mean()))


def answer_precision(
    scores: Float[np.ndarray, "R K"], right: Bool[np.ndarray, "R K"], known: Bool[np.ndarray, "R K"]
) -> AnswerPrecision:
    """Average precision of each answer, over the questions for which its label is known."""
    each = [average_precision(scores[rows, answer], right[rows, answer]) for answer, rows in enumerate(known.T)]
    all_points, eleven_points = np.array(each).reshape(-1, 2).T
    return AnswerPrecision(all_points, eleven_points, right.sum(0))


def weighted_mean(values: Float[np.ndarray, " K"], weights: Int[np.ndarray, " K"]) -> float:
    """The weighted mean without NaNs; NaN if all values are NaN."""
    known = weights > 0
    return float(np.average(values[known], weights=weights[known])) if known.any() else np.nan
