"""Guessing baselines: accuracy by the query alone, or by the image alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import NamedTuple

from pan.data.questions import QuestionSet

Known = tuple[Hashable, Collection[Hashable]]
"""The query or the image of a question, and its right answers."""

BETTER = 0.02
"""A network must be better than a baseline by this share."""


class Question(NamedTuple):
    """A question, reduced to what the baselines use."""

    image: Hashable
    query: Hashable
    answers: Collection[Hashable]


class Guesses(NamedTuple):
    """Accuracies of the guessing baselines.

    Attributes:
        image_blind: Without the image: each query's most frequent answer in training.
        query_blind: Without the query: each image's most frequent answer, which is the upper bound.
    """

    image_blind: float
    query_blind: float

    @property
    def level(self) -> float:
        """The better baseline; one near 100 % is left out, as without the query if each image has one question."""
        return max((share for share in self if share < 1 - BETTER), default=0.0)

    def remark(self, accuracy: float) -> str:
        """A message about a network that is no better than a baseline; empty if it is better."""
        if accuracy > self.level + BETTER:
            return ""
        reached, image_blind, query_blind = (f"{100 * share:.1f} %" for share in (accuracy, *self))
        return (f"{reached} right is no better than a guess ({image_blind} without the image, at most {query_blind} "
                "without the query): train with more questions, or train han on the set first and start from its "
                "weights (--start).")


def guesses_of(training: QuestionSet, asked: QuestionSet) -> Guesses:
    """The baselines on some questions, with frequencies from training questions."""
    return guesses_from(_questions(training), _questions(asked))


def guesses_from(learned: Sequence[Question], asked: Sequence[Question]) -> Guesses:
    """The baselines on some questions.

    Args:
        learned: The questions that give the queries' most frequent answers.
        asked: The questions to guess, at least one.
    """
    by_image: list[Known] = [(each.image, each.answers) for each in asked]
    return Guesses(
        image_blind=commonest_answer([(each.query, each.answers) for each in learned],
                                     [(each.query, each.answers) for each in asked]),
        query_blind=commonest_answer(by_image, by_image),
    )  # fmt: skip


def commonest_answer(learned: Iterable[Known], asked: Sequence[Known]) -> float:
    """Share of questions to which the most frequent answer for the same query or image is right.

    Args:
        learned: The questions that give the most frequent answers.
        asked: The questions to guess.
    """
    counts: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    overall = Counter[Hashable]()
    for known, answers in learned:
        counts[known].update(answers)
        overall.update(answers)
    commonest = {known: words.most_common(1)[0][0] for known, words in counts.items() if words}
    otherwise = overall.most_common(1)[0][0] if overall else None
    return sum(commonest.get(known, otherwise) in answers for known, answers in asked) / len(asked)


def _questions(questions: QuestionSet) -> list[Question]:
    rows = zip(questions.image, questions.query, questions.answer, strict=True)
    return [Question(image, query, (answer,)) for image, query, answer in rows]
