"""What is right without an answer to the question: by the query alone, or by the image alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import NamedTuple

from pan.data.questions import QuestionSet

Known = tuple[Hashable, Collection[Hashable]]
"""What is known of a question, its query or its image, and its right answers."""

BETTER = 0.02
"""By so much a network must be ahead of a guess."""


class Question(NamedTuple):
    """What a guess may know of a question."""

    image: Hashable
    query: Hashable
    answers: Collection[Hashable]


class Guesses(NamedTuple):
    """Shares of right answers.

    Attributes:
        image_blind: Of one who knows each query's commonest answer in training and never sees the image.
        query_blind: Of one who gives each image's commonest answer, whatever is asked: the most possible.
    """

    image_blind: float
    query_blind: float

    @property
    def level(self) -> float:
        """The better of the guesses that leave something to learn; where images are asked once, one knows all."""
        return max((share for share in self if share < 1 - BETTER), default=0.0)

    def remark(self, accuracy: float) -> str:
        """What to say and do about a network that is no better than a guess; empty where it is better."""
        if accuracy > self.level + BETTER:
            return ""
        return (f"{accuracy:.1%} right is no better than a guess ({self.image_blind:.1%} without the image, "
                f"{self.query_blind:.1%} at most without the query): train with more questions, or train han on the "
                "set first and begin from it (--start).")


def guesses_of(training: QuestionSet, asked: QuestionSet) -> Guesses:
    """What guesses reach on questions, with what training questions tell."""
    return guesses_from(_questions(training), _questions(asked))


def guesses_from(learned: Sequence[Question], asked: Sequence[Question]) -> Guesses:
    """What guesses reach.

    Args:
        learned: The questions by which the queries' commonest answers are known.
        asked: The questions that are guessed, at least one.
    """
    by_image: list[Known] = [(each.image, each.answers) for each in asked]
    return Guesses(
        image_blind=commonest_answer([(each.query, each.answers) for each in learned],
                                     [(each.query, each.answers) for each in asked]),
        query_blind=commonest_answer(by_image, by_image),
    )  # fmt: skip


def commonest_answer(learned: Iterable[Known], asked: Sequence[Known]) -> float:
    """Share of questions to which the commonest answer is right among those of which the same is known.

    Args:
        learned: The questions by which the commonest answers are known.
        asked: The questions that are guessed.
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
