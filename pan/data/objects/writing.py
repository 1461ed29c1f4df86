"""Writes composed photographs as a labelled set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from pan.data.labelled.writing import LabelledQuestion, Words, write_labelled_set
from pan.data.new_folder import new_folder
from pan.data.objects.collages import SIZE, Collage
from pan.data.objects.cutouts import ANSWERS, QUERIES


def write_collages(folder: Path, collages: Iterable[Collage], split: str) -> Iterator[int]:
    """Write collages as a set of one part; yields the number written.

    The index is written last, so that an unfinished set is not mistaken for a complete one.

    Raises:
        InputError: If the folder is not empty or cannot be written.
    """
    with new_folder(folder):
        yield from _write(folder, collages, split)


def _write(folder: Path, collages: Iterable[Collage], split: str) -> Iterator[int]:
    questions: list[LabelledQuestion] = []
    names: list[str] = []
    (folder / "images").mkdir(exist_ok=True)
    for number, collage in enumerate(collages):
        names.append(f"images/{number:06d}.png")
        Image.fromarray(collage.image).save(folder / names[-1])
        questions += [LabelledQuestion(names[-1], word, answers, boxes)
                      for word, (answers, boxes) in collage.questions.items()]  # fmt: skip
        yield number + 1
    queries = Counter(question.query for question in questions)
    answered = Counter(word for question in questions for word in question.answers)
    words = Words({word: queries[word] for word in QUERIES}, {word: answered[word] for word in ANSWERS})
    write_labelled_set(folder, questions, words, dict.fromkeys(names, split), dict.fromkeys(names, (SIZE, SIZE)))
