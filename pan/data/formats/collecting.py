"""One pass over the annotations: objects become questions, and every object is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from unicodedata import category

from pan.data.formats.finding import ImageFinder
from pan.data.formats.objects import AMBIGUOUS, AnnotatedObject, Format
from pan.data.word_forms import folded
from pan.system.errors import InputError

REPORT_EVERY = 1000


@dataclass
class Question:
    """A word asked of an image.

    Attributes:
        image: The image's file, from the set's folder.
        query: The word.
        objects: The numbers of the objects it asks about.
        answers: The words that are right, in the order they came.
        wrong: The words that are known to be wrong.
        differ: Whether its objects have different answers.
    """

    image: str
    query: str
    objects: list[int] = field(default_factory=list)
    answers: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    differ: bool = False

    def add(self, number: int, answers: tuple[str, ...], wrong: tuple[str, ...]) -> None:
        """One more object; what is right to one of them is right."""
        self.differ |= bool(self.objects) and set(answers) != set(self.answers)
        self.objects.append(number)
        self.answers = tuple(dict.fromkeys((*self.answers, *answers)))
        self.wrong = tuple(word for word in dict.fromkeys((*self.wrong, *wrong)) if word not in self.answers)


@dataclass
class Collected:
    """All questions, and what became of the objects.

    Attributes:
        questions: In the order of the annotations.
        several: Whether several answers are right at once.
        objects: Objects read.
        dropped: How many of them are in no question, by reason.
        parts: The part of each image as the annotations tell it, empty where they do not.
        outlined: Whether the pixels of any object are known.
    """

    questions: list[Question] = field(default_factory=list)
    several: bool = False
    objects: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    parts: dict[str, str] = field(default_factory=dict)
    outlined: bool = False


class _Words:
    """Words in the form they had first, whatever capitals and white space they have later."""

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}

    def of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        cleaned = [" ".join(word.split()) for word in words]
        return tuple(dict.fromkeys(self._forms.setdefault(folded(word), word) for word in cleaned if word))


def collect(annotations: Format, finder: ImageFinder) -> Generator[int, None, Collected]:
    """Read every object, yielding now and then how many are read.

    A question has one answer if every object has one, and unknown words are wrong. Then objects of one image that the
    same word asks about, and that have different answers, are left out: nothing would say which is meant.

    Raises:
        InputError: If a file is missing or of another form.
    """
    collected, queries, answers = Collected(several=annotations.partial), _Words(), _Words()
    asked: dict[tuple[str, str], Question] = {}
    for number, each in enumerate(annotations.objects()):
        collected.objects += 1
        if number % REPORT_EVERY == 0:
            yield number
        _check_signs(each)
        image, reason = ("", each.reason) if each.reason else finder.find(each.image)
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


def _check_signs(each: AnnotatedObject) -> None:
    """No name and no word has a control character or half of a character in it; white space becomes a blank."""
    for text in (each.image, each.query, *each.answers, *each.wrong):
        if not text.isprintable() and any(category(sign) in ("Cc", "Cs") and not sign.isspace() for sign in text):
            raise InputError(f"{each.where}: a name or a word has a control character in it; correct the file.")


def _leave_out_ambiguous(collected: Collected) -> None:
    collected.dropped[AMBIGUOUS] += sum(len(each.objects) for each in collected.questions if each.differ)
    collected.questions = [each for each in collected.questions if not each.differ]
    images = {each.image for each in collected.questions}
    collected.parts = {image: part for image, part in collected.parts.items() if image in images}
