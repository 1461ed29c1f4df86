"""Average precision of answers on multi-label sets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pan.data.questions import Questions
from pan.evaluation.average_precision import answer_precision
from pan.explaining.batches import Answered


class AnswerResult(NamedTuple):
    """Average precision of one answer.

    Attributes:
        answer: The answer.
        examples: Number of questions for which it is right.
        average_precision: Average precision (all points, VOC 2010); None if it is right for no question.
        average_precision_11: The 11-point definition.
    """

    answer: str
    examples: int
    average_precision: float | None
    average_precision_11: float | None


class AnswerResults(NamedTuple):
    """Average precision of all answers.

    Attributes:
        mean: Mean over answers, weighted by their numbers of questions.
        mean_11: The same for the 11-point definition.
        answers: The result of each answer, in the order of the words.
    """

    mean: float | None
    mean_11: float | None
    answers: list[AnswerResult]


class AnswerScores:
    """Log-probabilities of K answers to R questions, in float32."""

    def __init__(self, questions: Questions, words: tuple[str, ...]) -> None:
        self._questions = questions
        self._words = words
        self._scores = np.full((len(questions), len(words)), np.nan, np.float32)

    def add(self, batch: Answered) -> None:
        """Add a batch."""
        self._scores[batch.rows[batch.real]] = batch.output.log_probabilities.cpu().numpy()[batch.real]

    def summarize(self) -> AnswerResults:
        """The measures of the whole set."""
        rows, words = np.arange(len(self._questions)), len(self._words)
        right, known = self._questions.right_answers(rows, words), self._questions.known_answers(rows, words)
        measured = answer_precision(self._scores, right, known)
        return AnswerResults(
            _known(measured.mean), _known(measured.mean_of_eleven_points),
            [
                AnswerResult(word, int(examples), _known(all_points), _known(eleven))
                for word, examples, all_points, eleven in zip(
                    self._words, measured.examples, measured.all_points, measured.eleven_points, strict=True
                )
            ],
        )  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
