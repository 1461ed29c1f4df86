"""From a recipe to the questions it trains and validates on."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from pan.data.decoding import decode_images
from pan.data.digits.backgrounds import Distractors, black, find_photographs
from pan.data.digits.mnist import SPLITS, Split, find_digits
from pan.data.digits.scenes import SceneRenderer, ask_every_digit
from pan.data.image_files import ImageFiles
from pan.data.labelled.index import has_parts, is_labelled, part_of
from pan.data.labelled.reading import LabelledSet, labelled_words, read_labelled_set
from pan.data.objects.collages import COLLAGES, CollageRenderer, ask_every_object
from pan.data.questions import Questions, QuestionSet
from pan.data.reference.reading import read_reference_set, words_of
from pan.recipes.digits import KINDS
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE, Task
from pan.system.errors import InputError

REPORT_EVERY = 100

AnyQuestions = TypeVar("AnyQuestions", bound=Questions)


@dataclass(frozen=True)
class Sources:
    """Where pictures come from; all that a recipe leaves open.

    Attributes:
        data_root: Folder with MNIST in it.
        backgrounds: Folder of photographs for MBG, None for the bundled ones.
        data: A reference set to train on instead of scenes.
        validation: A reference set to validate on; without it, the part `val` of `data` or every tenth of its images.
    """

    data_root: Path | None = None
    backgrounds: Path | None = None
    data: Path | None = None
    validation: Path | None = None

    def moved_to(self, others: Sources) -> Sources:
        """The same with other places as far as they are given."""
        return replace(self, **{field.name: path for field in fields(Sources)
                                if (path := getattr(others, field.name)) is not None})  # fmt: skip


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
    training: Questions
    validation: Questions
    source: str


def renderer(kind: str, split: Split, sources: Sources) -> SceneRenderer:
    """The renderer of one kind with the glyphs and photographs of one part.

    Raises:
        InputError: If the kind is unknown or the photographs are missing.
    """
    digits = find_digits(split, sources.data_root)
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
    return (yield from _drawn(f"{kind} {split} scenes", drawing, count))


def _drawn(
    what: str, drawing: Generator[int, None, AnyQuestions], count: int
) -> Generator[Preparing, None, AnyQuestions]:
    """Tell now and then how many of the pictures are drawn."""
    while True:
        try:
            drawn = next(drawing)
        except StopIteration as done:
            questions: AnyQuestions = done.value
            return questions
        if drawn % REPORT_EVERY == 0 or drawn == count:
            yield Preparing(what, drawn, count)


def task_of(recipe: Recipe, sources: Sources) -> Task:
    """The words that a run of the recipe learns, at its size of images; told without reading a picture.

    Raises:
        InputError: If the kind is unknown, its pictures have another size, or a set's words cannot be read.
    """
    if sources.data is not None:
        if is_labelled(sources.data):
            return labelled_words(sources.data, recipe.image_size)
        return replace(words_of(sources.data), image_size=recipe.image_size)
    if recipe.kind not in (*KINDS, "vg-tiny"):
        raise InputError(f"there is no data set “{recipe.kind}”; choose one of {', '.join(KINDS)}, vg-tiny.")
    task = COLLAGES if recipe.kind == "vg-tiny" else MNIST_REFERENCE
    if recipe.image_size != task.image_size:
        raise InputError(f"image_size must be {task.image_size} for {recipe.kind}, whose pictures are drawn at that "
                         f"size, not {recipe.image_size}; it can be chosen for a set of your own (--data).")
    return task


def prepare(recipe: Recipe, sources: Sources) -> Generator[Preparing, None, Prepared]:
    """Everything a run of the recipe learns from.

    Raises:
        InputError: If a source is missing or wrong.
    """
    task = task_of(recipe, sources)
    if sources.data is not None:
        if task.several:
            return (yield from _read_labelled(recipe, task, sources.data, sources.validation))
        return _read_prepared(task, sources.data, sources.validation)
    if recipe.kind == "vg-tiny":
        return (yield from _compose(recipe, sources))
    training = yield from draw_questions(recipe.kind, "train", recipe.scenes, recipe.seed, sources)
    validation = yield from draw_questions(recipe.kind, "val", recipe.validation_scenes, recipe.seed, sources)
    if recipe.questions_per_image == 1:
        training = training.one_question_an_image(np.random.default_rng(recipe.seed))
    digits = find_digits("train", sources.data_root)
    return Prepared(task, training, validation, digits.source)


def collage_renderer(split: Split, sources: Sources) -> CollageRenderer:
    """The renderer of composed photographs on those of one part.

    Raises:
        InputError: If the photographs are missing.
    """
    return CollageRenderer(find_photographs(split, sources.backgrounds))


def compose_questions(split: Split, count: int, seed: int, sources: Sources) -> Generator[Preparing, None, LabelledSet]:
    """The questions about composed photographs of a part, drawn with progress."""
    drawing = ask_every_object(collage_renderer(split, sources).collages((seed, SPLITS.index(split)), count), count)
    return (yield from _drawn(f"composed {split} photographs", drawing, count))


def _compose(recipe: Recipe, sources: Sources) -> Generator[Preparing, None, Prepared]:
    training = yield from compose_questions("train", recipe.scenes, recipe.seed, sources)
    validation = yield from compose_questions("val", recipe.validation_scenes, recipe.seed, sources)
    return Prepared(COLLAGES, training, validation, "photographs composed by this program")


def _read_labelled(
    recipe: Recipe, task: Task, data: Path, validation: Path | None
) -> Generator[Preparing, None, Prepared]:
    training = read_labelled_set(data, task, part_of(data, "train"))
    if validation is not None:
        held_out = read_labelled_set(validation, task, part_of(validation, "val"))
    elif has_parts(data):
        held_out = read_labelled_set(data, task, "val")
    else:
        training, held_out = _hold_out(training, data)
    training = yield from decode_set(training, recipe.workers, "training")
    held_out = yield from decode_set(held_out, recipe.workers, "validation")
    return Prepared(task, training, held_out, str(data))


def decode_set(questions: LabelledSet, workers: int, part: str) -> Generator[Preparing, None, LabelledSet]:
    """A set with its images decoded once, in memory or in a file of the cache.

    Args:
        questions: The set.
        workers: Processes that decode.
        part: What the set is called while that lasts.

    Raises:
        InputError: If images cannot be read.
    """
    if not isinstance(questions.images, ImageFiles):
        return questions
    work, total = decode_images(questions.images, workers), len(questions.images)
    while True:
        try:
            yield Preparing(f"{part} images decoded", next(work), total)
        except StopIteration as done:
            return replace(questions, images=done.value)


def _read_prepared(task: Task, data: Path, validation: Path | None) -> Prepared:
    training = read_reference_set(data, task)
    if validation is not None:
        return Prepared(task, training, read_reference_set(validation, task), str(data))
    return Prepared(task, *_hold_out(training, data), str(data))


def _hold_out(questions: AnyQuestions, data: Path) -> tuple[AnyQuestions, AnyQuestions]:
    """A set without every tenth image, and those."""
    if len(questions.images) < 2:
        raise InputError(f"{data} has a single image; give a set to validate on (--validation).")
    held_out = np.arange(len(questions.images)) % 10 == min(9, len(questions.images) - 1)
    return questions.of_images(np.flatnonzero(~held_out)), questions.of_images(np.flatnonzero(held_out))
