"""Multi-label sets: how well each answer's probability ranks the questions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pan.data.questions import Questions
from pan.evaluation.average_precision import answer_precision
from pan.explaining.batches import Answered


class OneAnswer(NamedTuple):
    """Average precision of one answer.

    Attributes:
        answer: Its word.
        examples: Questions that it is right to.
        average_precision: All points (VOC 2010), None where it is right to no question.
        average_precision_11: The 11-point form.
    """

    answer: str
    examples: int
    average_precision: float | None
    average_precision_11: float | None


class ByAnswer(NamedTuple):
    """A whole vocabulary.

    Attributes:
        mean: Mean of the answers' average precision, weighted by the questions that each is right to.
        mean_11: The same of the 11-point form.
        answers: Each answer's, in the order of the words.
    """

    mean: float | None
    mean_11: float | None
    answers: list[OneAnswer]


class Scores:
    """The logarithm of each answer's probability to each question: R × K numbers of four bytes."""

    def __init__(self, questions: Questions, words: tuple[str, ...]) -> None:
        self._questions = questions
        self._words = words
        self._scores = np.full((len(questions), len(words)), np.nan, np.float32)

    def add(self, batch: Answered) -> None:
        """Keep a batch's."""
        self._scores[batch.rows[batch.real]] = batch.output.log_probabilities.cpu().numpy()[batch.real]

    def summarize(self) -> ByAnswer:
        """The measures of the whole set."""
        rows, words = np.arange(len(self._questions)), len(self._words)
        right, known = self._questions.right_answers(rows, words), self._questions.known_answers(rows, words)
        measured = answer_precision(self._scores, right, known)
        return ByAnswer(
            _known(measured.mean), _known(measured.mean_of_eleven_points),
            [
                OneAnswer(word, int(examples), _known(all_points), _known(eleven))
                for word, examples, all_points, eleven in zip(
                    self._words, measured.examples, measured.all_points, measured.eleven_points, strict=True
                )
            ],
        )  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
