"""Tables of a set's questions and of networks' answers, with a row for each question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from jaxtyping import Bool, Float, Int, Shaped

from pan.data.parts import PARTS
from pan.data.reference.index import Row

PREDICTIONS = ("image", "query", "answer", "predicted", "probability")
"""The columns that `pan evaluate --predictions` writes."""

SEPARATOR = ", "
"""The separator between several right answers of a question."""


@dataclass(frozen=True, eq=False)
class QuestionTable:
    """R questions, in the order of `read_index`.

    Attributes:
        image: Index of the question's image in the set.
        query: The query.
        answer: The right answer, or several separated by `SEPARATOR`.
        scale: The queried object's scale; NaN if unknown.
        part: `train`, `val` or `test`; empty if the set is not split.
    """

    image: Int[np.ndarray, " R"]
    query: Shaped[np.ndarray, " R"]
    answer: Shaped[np.ndarray, " R"]
    scale: Float[np.ndarray, " R"]
    part: Shaped[np.ndarray, " R"]

    def __len__(self) -> int:
        return len(self.image)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts that have questions, in their usual order; empty if the set is not split."""
        return tuple(part for part in PARTS if (self.part == part).any())

    def accepts(self, given: Shaped[np.ndarray, " R"] | str) -> Bool[np.ndarray, " R"]:
        """Whether a word, or a word for each question, is a right answer to each question."""
        accepted: Bool[np.ndarray, " R"] = self.answer == given
        if self._any_several:
            among = np.char.find(_fenced(self.answer), _fenced(np.asarray(given))) >= 0
            accepted = accepted | among
        return accepted

    @cached_property
    def _any_several(self) -> bool:
        return bool((np.char.find(self.answer, SEPARATOR) >= 0).any())


@dataclass(frozen=True, eq=False)
class AnswerTable:
    """A network's answers to R questions.

    Attributes:
        predicted: The predicted answers.
        probability: Their probabilities.
        tpr: Share of the accumulated attention on the queried object; NaN if unknown.
    """

    predicted: Shaped[np.ndarray, " R"]
    probability: Float[np.ndarray, " R"]
    tpr: Float[np.ndarray, " R"]

    def right(self, questions: QuestionTable) -> Bool[np.ndarray, " R"]:
        """Whether the answer to each question is right."""
        return questions.accepts(self.predicted)


def _fenced(words: Shaped[np.ndarray, ...]) -> Shaped[np.ndarray, ...]:
    """Words with separators on both sides, so that a word is not found inside a longer one."""
    return np.char.add(np.char.add(SEPARATOR, words), SEPARATOR)


def question_table(rows: Sequence[Row], split: Mapping[str, str]) -> QuestionTable:
    """The table of an index's rows, at least one, with the part of each image."""
    numbers: dict[Path, int] = {}
    return QuestionTable(
        np.array([numbers.setdefault(row.image, len(numbers)) for row in rows]),
        np.array([row.query for row in rows]),
        np.array([row.answer for row in rows]),
        np.array([row.scale for row in rows]),
        np.array([split.get(row.name, "") for row in rows]),
    )
