"""First pass over the annotations: groups objects to questions, and counts the dropped ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from unicodedata import category

from pan.data.formats.finding import ImageFinder
from pan.data.formats.objects import AMBIGUOUS, NO_ANSWER, NO_NAME, AnnotatedObject, Format
from pan.data.word_forms import folded
from pan.system.errors import InputError

REPORT_EVERY = 1000


@dataclass
class Question:
    """A query about an image.

    Attributes:
        image: The image's file, relative to the set's folder.
        query: The query.
        objects: The indices of its objects.
        answers: The right answers, in the order of the annotations.
        wrong: The answers that are known to be wrong.
        differ: Whether its objects have different answers.
    """

    image: str
    query: str
    objects: list[int] = field(default_factory=list)
    answers: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    differ: bool = False

    def add(self, number: int, answers: tuple[str, ...], wrong: tuple[str, ...]) -> None:
        """Add an object. An answer that is right for one object is right for the question."""
        self.differ |= bool(self.objects) and set(answers) != set(self.answers)
        self.objects.append(number)
        self.answers = tuple(dict.fromkeys((*self.answers, *answers)))
        self.wrong = tuple(word for word in dict.fromkeys((*self.wrong, *wrong)) if word not in self.answers)


@dataclass
class Collected:
    """All questions, and the counts of the objects.

    Attributes:
        questions: The questions, in the order of the annotations.
        several: Whether several answers are right at once.
        objects: The number of objects read.
        dropped: The number of dropped objects, by reason.
        parts: The part of each image according to the annotations; empty if they do not name it.
        outlined: Whether any object has an outline.
    """

    questions: list[Question] = field(default_factory=list)
    several: bool = False
    objects: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    parts: dict[str, str] = field(default_factory=dict)
    outlined: bool = False


class _Words:
    """Maps words that differ only in case and white space to their first form."""

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}

    def of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._forms.setdefault(folded(word), word) for word in _cleaned(words)))


def _cleaned(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words with single spaces; those of white space alone are left out."""
    return tuple(clean for word in words if (clean := " ".join(word.split())))


def collect(annotations: Format, finder: ImageFinder) -> Generator[int, None, Collected]:
    """Read every object, yielding the number read now and then.

    A set has one answer to a question if every object has exactly one and other words are wrong. In such a set, objects
    with the same query in the same image but different answers are dropped as ambiguous.

    Raises:
        InputError: If a file is missing or of another format.
    """
    collected, queries, answers = Collected(several=annotations.partial), _Words(), _Words()
    asked: dict[tuple[str, str], Question] = {}
    for number, each in enumerate(annotations.objects()):
        collected.objects += 1
        if number % REPORT_EVERY == 0:
            yield number
        _check_signs(each)
        reason = each.reason or _no_word(each)
        image, reason = ("", reason) if reason else finder.find(each.image)
        if reason:
            collected.dropped[reason] += 1
            continue
        (query,), right = queries.of((each.query,)), answers.of(each.answers)
        wrong = tuple(word for word in answers.of(each.wrong) if word not in right)
        collected.several |= len(right) != 1
        collected.outlined |= each.outline is not None
        collected.parts.setdefault(image, each.part)
        asked.setdefault((image, query), Question(image, query)).add(number, right, wrong)
    collected.questions = list(asked.values())
    if not collected.several:
        _leave_out_ambiguous(collected)
    return collected


def _no_word(each: AnnotatedObject) -> str:
    """The reason if the query, or all answers, are white space alone."""
    if not _cleaned((each.query,)):
        return NO_NAME
    return "" if _cleaned((*each.answers, *each.wrong)) else NO_ANSWER


def _check_signs(each: AnnotatedObject) -> None:
    """Refuse names and words with control characters or surrogates; white space is allowed."""
    for text in (each.image, each.query, *each.answers, *each.wrong):
        if not text.isprintable() and any(category(sign) in ("Cc", "Cs") and not sign.isspace() for sign in text):
            raise InputError(f"{each.where}: a name or a word has a control character in it; correct the file.")


def _leave_out_ambiguous(collected: Collected) -> None:
    collected.dropped[AMBIGUOUS] += sum(len(each.objects) for each in collected.questions if each.differ)
    collected.questions = [each for each in collected.questions if not each.differ]
    images = {each.image for each in collected.questions}
    collected.parts = {image: part for image, part in collected.parts.items() if image in images}
