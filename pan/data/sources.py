"""Prepares the questions that a recipe trains and validates on, drawn or read from a set."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from pan.data.decoding import Bytes, Files, decode
from pan.data.digits.backgrounds import Distractors, black, find_photographs
from pan.data.digits.mnist import SPLITS, Split, find_digits
from pan.data.digits.scenes import SceneRenderer, ask_every_digit, drawing_processes
from pan.data.guesses import Guesses, guesses_of
from pan.data.image_files import ImageFiles
from pan.data.labelled.index import is_labelled
from pan.data.labelled.reading import LabelledSet, labelled_words, read_labelled_set
from pan.data.objects.collages import COLLAGES, CollageRenderer, ask_every_object
from pan.data.parts import Part, find_part, training_part
from pan.data.questions import Questions, QuestionSet
from pan.data.reference.reading import read_with_progress, words_of
from pan.recipes.attributes import ATTRIBUTE_KINDS
from pan.recipes.digits import KINDS
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE, Task
from pan.system.errors import InputError
from pan.system.names import exists
from pan.system.steps import Preparing, counted, map_steps

REPORT_EVERY = 100
ON_PHOTOGRAPHS = ("mbg", "vg-tiny")
"""Kinds drawn on photographs."""

AnyQuestions = TypeVar("AnyQuestions", bound=Questions)


@dataclass(frozen=True)
class Sources:
    """The places of the data, which are not part of a recipe.

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
        """A copy with the places that `others` gives."""
        return replace(self, **{field.name: path for field in fields(Sources)
                                if (path := getattr(others, field.name)) is not None})  # fmt: skip

    def missing(self, kind: str) -> tuple[str, ...]:
        """Of the given places that a recipe of this kind reads, the names of those that are not there."""
        drawn_from = {"data_root": kind not in ATTRIBUTE_KINDS, "backgrounds": kind in ON_PHOTOGRAPHS}
        read = ("data", "validation") if self.data is not None else [name for name, used in drawn_from.items() if used]
        return tuple(name for name in read if (path := getattr(self, name)) is not None and not exists(path))


class Prepared(NamedTuple):
    """The data of a run.

    Attributes:
        task: The task.
        training: The training questions.
        validation: The validation questions, which choose the best epoch.
        source: A description of the data for the user.
    """

    task: Task
    training: Questions
    validation: Questions
    source: str

    @property
    def guesses(self) -> Guesses | None:
        """The guessing baselines in validation; None if several answers may be right."""
        if isinstance(self.training, QuestionSet) and isinstance(self.validation, QuestionSet):
            return guesses_of(self.training, self.validation)
        return None


def renderer(kind: str, split: Split, sources: Sources) -> SceneRenderer:
    """The renderer of scenes of one kind, with the glyphs and photographs of one part.

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
    """Draw scenes of a part; returns the questions about all digits."""
    seeds, processes = (seed, SPLITS.index(split)), drawing_processes(count)
    with closing(renderer(kind, split, sources).scenes(seeds, count, processes)) as scenes:
        return (yield from counted(ask_every_digit(scenes, count), f"{kind} {split} scenes", count, REPORT_EVERY))


def task_of(recipe: Recipe, sources: Sources) -> Task:
    """The task of a recipe; no image is read.

    Raises:
        InputError: If the kind is unknown, its image size differs, or a set's words cannot be read.
    """
    if sources.data is not None:
        if is_labelled(sources.data):
            return labelled_words(sources.data, recipe.data.image_size)
        return replace(words_of(sources.data), image_size=recipe.data.image_size)
    if recipe.kind not in (*KINDS, "vg-tiny"):
        raise InputError(f"there is no data set “{recipe.kind}”; choose one of {', '.join(KINDS)}, vg-tiny.")
    task = COLLAGES if recipe.kind == "vg-tiny" else MNIST_REFERENCE
    if recipe.data.image_size != task.image_size:
        raise InputError(f"image_size must be {task.image_size} for {recipe.kind}, whose images are drawn at that "
                         f"size, not {recipe.data.image_size}; it can be changed for your own set (--data).")
    return task


def prepare(recipe: Recipe, sources: Sources) -> Generator[Preparing, None, Prepared]:
    """Draw or read the data of a recipe.

    Raises:
        InputError: If a data source is missing or wrong, or no validation question has a right answer.
    """
    task = task_of(recipe, sources)
    if sources.data is not None:
        return (yield from _read_prepared(recipe, task, sources.data, sources.validation))
    if recipe.kind == "vg-tiny":
        return (yield from _compose(recipe, sources))
    training = yield from draw_questions(recipe.kind, "train", recipe.data.scenes, recipe.seed, sources)
    validation = yield from draw_questions(recipe.kind, "val", recipe.data.validation_scenes, recipe.seed, sources)
    digits = find_digits("train", sources.data_root)
    return Prepared(task, _trained(training, recipe), validation, digits.source)


def _trained(drawn: AnyQuestions, recipe: Recipe) -> AnyQuestions:
    """All questions about drawn images, or one fixed question about each if the recipe asks one an image."""
    if recipe.data.questions_per_image > 1:
        return drawn
    return drawn.one_question_an_image(np.random.default_rng(recipe.seed))


def collage_renderer(split: Split, sources: Sources) -> CollageRenderer:
    """The renderer of composed photographs, with the backgrounds of one part.

    Raises:
        InputError: If the photographs are missing.
    """
    return CollageRenderer(find_photographs(split, sources.backgrounds))


def compose_questions(split: Split, count: int, seed: int, sources: Sources) -> Generator[Preparing, None, LabelledSet]:
    """Draw composed photographs of a part; returns the questions about all objects."""
    drawing = ask_every_object(collage_renderer(split, sources).collages((seed, SPLITS.index(split)), count), count)
    return (yield from counted(drawing, f"composed {split} photographs", count, REPORT_EVERY))


def _compose(recipe: Recipe, sources: Sources) -> Generator[Preparing, None, Prepared]:
    training = yield from compose_questions("train", recipe.data.scenes, recipe.seed, sources)
    validation = yield from compose_questions("val", recipe.data.validation_scenes, recipe.seed, sources)
    return Prepared(COLLAGES, _trained(training, recipe), validation, "photographs composed by this program")


def _read_prepared(
    recipe: Recipe, task: Task, data: Path, validation: Path | None
) -> Generator[Preparing, None, Prepared]:
    part = training_part(data)
    held_out = validation_part(data, validation)
    training = yield from read_part(part, task, recipe.hardware.workers, "training")
    if held_out is not None:
        kept = yield from read_part(held_out, task, recipe.hardware.workers, "validation")
        named, used = held_out.description, f"validated on {_counted(kept)} of {held_out.description}"
    else:
        training, kept = _hold_out(training, part.folder)
        named, used = f"every tenth image of {part.description}", f"validated on {_counted(kept)}, every tenth image"
    if isinstance(kept, LabelledSet) and not len(kept.answers.values):
        raise InputError(f"no question of {named} has a right answer, so that no epoch could be chosen as the best; "
                         "add some, or give another set to validate on (--validation).")  # fmt: skip
    return Prepared(task, training, kept, f"{part.description}: {_counted(training)}; {used}")


def validation_part(data: Path, validation: Path | None) -> Part | None:
    """The part to validate on; None if every tenth training image is held out instead.

    Raises:
        InputError: If a set's `split.csv` is wrong.
    """
    if validation is not None:
        return find_part(validation, "val") or Part(validation)
    return find_part(data, "val")


def check_answers(data: Path, network: str, task: Task) -> None:
    """Check that a set and a network agree on one right answer to a question, or several.

    Raises:
        InputError: If one has several answers and the other one.
    """
    labelled = is_labelled(data)
    if task.several != labelled:
        asked, gives = ("several answers", "one") if labelled else ("one answer", "several")
        raise InputError(f"{data} asks for {asked} to a question, and {network} gives {gives}; "
                         "give a network that was trained on such a set.")  # fmt: skip


def read_part(part: Part, task: Task, workers: int, name: str) -> Generator[Preparing, None, Questions]:
    """Read the questions of a set or a part.

    Args:
        part: The set or part.
        task: The task; it must agree with the set on one or several answers.
        workers: Processes that decode.
        name: The name of the part in the progress.

    Raises:
        InputError: If a file of the set is wrong, or a word is not in the task.
    """
    if task.several:
        return (yield from decode_set(read_labelled_set(part.folder, task, part.name), workers, name))
    reading = read_with_progress(part.folder, task, part.name, workers)
    return (yield from map_steps(reading, lambda step: Preparing(f"{name} images and masks read", *step)))


def _counted(questions: Questions) -> str:
    return f"{_count(len(questions), 'question')} about {_count(len(questions.images), 'image')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def decode_set(questions: LabelledSet, workers: int, part: str) -> Generator[Preparing, None, LabelledSet]:
    """Decode the images and masks of a set, in memory or in a file of the cache.

    Args:
        questions: The set.
        workers: Processes that decode.
        part: The name of the set in the progress.

    Raises:
        InputError: If images or masks cannot be read.
    """
    if isinstance(questions.images, ImageFiles):
        questions = replace(questions, images=(yield from _decode(questions.images, workers, part)))
    if questions.mask_files is not None and questions.packed_masks is None:
        masks = yield from _decode(questions.files_of_masks(), workers, part)
        questions = replace(questions, packed_masks=masks)
    return questions


def _decode(files: Files, workers: int, part: str) -> Generator[Preparing, None, Bytes]:
    return counted(decode(files, workers), f"{part} {files.what} decoded", len(files))


def _hold_out(questions: AnyQuestions, data: Path) -> tuple[AnyQuestions, AnyQuestions]:
    """Split a set: every tenth image is held out. Returns the rest and the held-out images."""
    if len(questions.images) < 2:
        raise InputError(f"{data} has a single image; give a set to validate on (--validation).")
    held_out = np.arange(len(questions.images)) % 10 == min(9, len(questions.images) - 1)
    return questions.of_images(np.flatnonzero(~held_out)), questions.of_images(np.flatnonzero(held_out))
