"""How well a network ranks questions by an answer: average precision as PASCAL VOC defines it.

From VOC 2010 on it is the area below the curve of precision over recall, made to fall monotonically from the right
(all points); before that, the mean of that curve's precision at recalls 0, 0.1, …, 1 (11 points).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

POINTS = 11


class AveragePrecision(NamedTuple):
    """One answer's, 0 to 1; NaN where no question has it among its right ones.

    Attributes:
        all_points: The form of VOC 2010.
        eleven_points: The form before it.
    """

    all_points: float
    eleven_points: float


class AnswerPrecision(NamedTuple):
    """Average precision of each of K answers.

    Attributes:
        all_points: The form of VOC 2010; NaN for an answer that no question has.
        eleven_points: The form before it.
        examples: Questions that each answer is right to.
    """

    all_points: Float[np.ndarray, " K"]
    eleven_points: Float[np.ndarray, " K"]
    examples: Int[np.ndarray, " K"]

    @property
    def mean(self) -> float:
        """The mean over answers, each weighted by the questions it is right to (section 4.2)."""
        return weighted_mean(self.all_points, self.examples)

    @property
    def mean_of_eleven_points(self) -> float:
        """The same of the 11-point form."""
        return weighted_mean(self.eleven_points, self.examples)


def average_precision(scores: Float[np.ndarray, " R"], right: Bool[np.ndarray, " R"]) -> AveragePrecision:
    """Rank R questions by the score of one answer; those of equal score come into the ranking together.

    Args:
        scores: Any number that grows with the answer's probability.
        right: Whether the answer is right.
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
    """The mean without NaNs; NaN where all are."""
    known = weights > 0
    return float(np.average(values[known], weights=weights[known])) if known.any() else np.nan
