"""From a recipe to the questions it trains and validates on."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pan.data.backgrounds import Distractors, black, find_photographs
from pan.data.digits import SPLITS, Split, default_data_root, load_digits
from pan.data.questions import QuestionSet
from pan.data.reference_set import read_reference_set, words_of
from pan.data.scenes import SceneRenderer, ask_every_digit
from pan.errors import InputError
from pan.tasks import MNIST_REFERENCE, Recipe, Task

KINDS = ("mref", "mdist", "mbg")
REPORT_EVERY = 100


@dataclass(frozen=True)
class Sources:
    """Where pictures come from; all that a recipe leaves open.

    Attributes:
        data_root: Folder with MNIST in it.
        backgrounds: Folder of photographs for MBG, None for the bundled ones.
        data: A reference set to train on instead of scenes.
        validation: A reference set to validate on; without it, every tenth image of `data`.
    """

    data_root: Path | None = None
    backgrounds: Path | None = None
    data: Path | None = None
    validation: Path | None = None


class Preparing(NamedTuple):
    """How far the making of a set has come.

    Attributes:
        what: What is being made, in words.
        done: Images made.
        total: Images to make.
    """

    what: str
    done: int
    total: int


class Prepared(NamedTuple):
    """What a run learns from.

    Attributes:
        task: Its words.
        training: The questions it trains on.
        validation: The questions on which the best epoch is chosen.
        source: Where the pictures are from, one line for the user.
    """

    task: Task
    training: QuestionSet
    validation: QuestionSet
    source: str


def renderer(kind: str, split: Split, sources: Sources) -> SceneRenderer:
    """The renderer of one kind with the glyphs and photographs of one part.

    Raises:
        InputError: If the kind is unknown or the photographs are missing.
    """
    digits = load_digits(split, sources.data_root or default_data_root())
    if kind == "mref":
        return SceneRenderer(digits, black)
    if kind == "mdist":
        return SceneRenderer(digits, Distractors(digits))
    if kind == "mbg":
        return SceneRenderer(digits, find_photographs(split, sources.backgrounds))
    raise InputError(f"there is no data set “{kind}”; choose one of {', '.join(KINDS)}.")


def draw_questions(
    kind: str, split: Split, count: int, seed: int, sources: Sources
) -> Generator[Preparing, None, QuestionSet]:
    """The questions about every digit of a part's scenes, drawn with progress."""
    scenes = renderer(kind, split, sources).scenes((seed, SPLITS.index(split)), count)
    drawing = ask_every_digit(scenes, count)
    while True:
        try:
            drawn = next(drawing)
        except StopIteration as done:
            questions: QuestionSet = done.value
            return questions
        if drawn % REPORT_EVERY == 0 or drawn == count:
            yield Preparing(f"{kind} {split} scenes", drawn, count)


def prepare(recipe: Recipe, sources: Sources) -> Generator[Preparing, None, Prepared]:
    """Everything a run of the recipe learns from.

    Raises:
        InputError: If a source is missing or wrong.
    """
    if sources.data is not None:
        return _read_prepared(sources.data, sources.validation)
    training = yield from draw_questions(recipe.kind, "train", recipe.scenes, recipe.seed, sources)
    validation = yield from draw_questions(recipe.kind, "val", recipe.validation_scenes, recipe.seed, sources)
    if recipe.questions_per_image == 1:
        training = training.one_question_an_image()
    digits = load_digits("train", sources.data_root or default_data_root())
    return Prepared(MNIST_REFERENCE, training, validation, digits.source)


def _read_prepared(data: Path, validation: Path | None) -> Prepared:
    task = words_of(data)
    training = read_reference_set(data, task)
    if validation is not None:
        return Prepared(task, training, read_reference_set(validation, task), str(data))
    if len(training.images) < 2:
        raise InputError(f"{data} has a single image; give a set to validate on (--validation).")
    held_out = np.arange(len(training.images)) % 10 == min(9, len(training.images) - 1)
    return Prepared(
        task,
        training.of_images(np.flatnonzero(~held_out)),
        training.of_images(np.flatnonzero(held_out)),
        str(data),
    )
