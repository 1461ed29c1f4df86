"""What the report is made from: each network on the test scenes of the kind it was trained on."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool

from pan.checkpoints.file import Checkpoint, load_checkpoint, read_header, shipped_checkpoints
from pan.data.questions import QuestionSet
from pan.data.sources import Sources, draw_questions
from pan.evaluation.accuracy import ScaleBin, accuracy_by_scale
from pan.evaluation.evaluate import evaluate
from pan.evaluation.results import Evaluation
from pan.recipes.digits import KINDS
from pan.recipes.paper_numbers import PAPER_ORDER
from pan.recipes.task import MNIST_REFERENCE
from pan.system.device import choose_device
from pan.system.errors import InputError
from pan.system.steps import Preparing, counted


@dataclass(frozen=True, eq=False)
class Result:
    """One network, measured.

    Attributes:
        checkpoint: The network.
        questions: All questions about the test scenes of its kind.
        evaluation: What was measured on them.
    """

    checkpoint: Checkpoint
    questions: QuestionSet
    evaluation: Evaluation

    @property
    def kind(self) -> str:
        """What it was trained on."""
        return self.checkpoint.recipe.kind

    @property
    def model(self) -> str:
        """Name of the network."""
        return self.checkpoint.recipe.model

    @property
    def pools(self) -> tuple[int, ...]:
        """The pools it attends at, lowest first."""
        return tuple(self.checkpoint.model.attended())

    @property
    def right(self) -> Bool[np.ndarray, " R"]:
        """Which questions it answers rightly."""
        right: Bool[np.ndarray, " R"] = self.evaluation.predicted == self.questions.answer
        return right

    @cached_property
    def by_scale(self) -> list[ScaleBin]:
        """Accuracy over scale, of the first digit placed in each scene.

        A digit that is placed later finds less room, so seven in ten of all digits are below scale 1. The first one
        finds an empty canvas, and its scale is uniformly distributed.
        """
        first = np.array([rows[0] for rows in self.questions.rows])
        return accuracy_by_scale(self.right[first], self.questions.scale[first], self.questions.image[first]) or []


@dataclass(frozen=True, eq=False)
class Results:
    """All that was measured, in the paper's order.

    Attributes:
        all: By kind, then by network; no two are of the same network on the same kind.
    """

    all: tuple[Result, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that a network was measured on."""
        return tuple(kind for kind in KINDS if any(each.kind == kind for each in self.all))

    @property
    def models(self) -> tuple[str, ...]:
        """The networks that were measured on any kind."""
        return tuple(sorted({each.model for each in self.all}, key=place))

    def only(self, models: Collection[str]) -> Results:
        """Some of the networks alone."""
        return Results(tuple(each for each in self.all if each.model in models))

    def of_kind(self, kind: str) -> tuple[Result, ...]:
        """The networks measured on a kind."""
        return tuple(each for each in self.all if each.kind == kind)

    def get(self, kind: str, model: str) -> Result | None:
        """A network on a kind, None where it was not measured."""
        return next((each for each in self.of_kind(kind) if each.model == model), None)


def in_order(results: Sequence[Result]) -> Results:
    """Results sorted as the paper lists them."""
    return Results(tuple(sorted(results, key=lambda each: (KINDS.index(each.kind), place(each.model)))))


def place(model: str) -> tuple[int, str]:
    """Sort key of a network: the order of Table 1, then those that the table does not have."""
    return (PAPER_ORDER.index(model) if model in PAPER_ORDER else len(PAPER_ORDER)), model


class Settings(NamedTuple):
    """The scenes that are asked about.

    Attributes:
        scenes: Scenes of each kind.
        seed: Their seed.
        sources: Where digits and photographs come from.
        device: Where the networks compute: a name that `choose_device` knows.
    """

    scenes: int
    seed: int
    sources: Sources
    device: str = "auto"


def load_networks(names: Sequence[str]) -> list[Checkpoint]:
    """The checkpoints to report on, all that come with the program if none is named.

    Raises:
        InputError: If there is none, or one is not about MNIST Reference, or two are of the same network and kind.
    """
    names = names or shipped_names(several=False)
    if not names:
        raise InputError("no trained network comes with this installation; name checkpoints to report on.")
    checkpoints = [load_checkpoint(name) for name in names]
    taken: dict[str, str] = {}
    for checkpoint in checkpoints:
        recipe = checkpoint.recipe
        if checkpoint.task != MNIST_REFERENCE or recipe.kind not in KINDS:
            raise InputError(f"{checkpoint.name} answers with words of its own; the report is about MNIST Reference.")
        if recipe.name in taken:
            raise InputError(f"{taken[recipe.name]} and {checkpoint.name} are both {recipe.name}; name one of them.")
        taken[recipe.name] = checkpoint.name
    return checkpoints


def shipped_names(*, several: bool) -> list[str]:
    """The checkpoints that come with the program and give several answers to a question, or those that give one."""
    headers = {name: read_header(path) for name, path in shipped_checkpoints().items()}
    return [name for name, header in headers.items() if header.task.several == several]


def measure_all(checkpoints: Sequence[Checkpoint], settings: Settings) -> Generator[Preparing, None, Results]:
    """Measure each network once, with progress.

    Raises:
        InputError: If a source of the scenes is missing or wrong.
    """
    device = choose_device(settings.device)
    sets: dict[str, QuestionSet] = {}
    results = []
    for checkpoint in checkpoints:
        kind = checkpoint.recipe.kind
        if kind not in sets:
            sets[kind] = yield from draw_questions(kind, "test", settings.scenes, settings.seed, settings.sources)
        questions = sets[kind]
        work = evaluate(checkpoint, questions, f"{kind} test scenes, seed {settings.seed}", device)
        evaluation = yield from counted(work, f"{checkpoint.name} questions", len(questions))
        results.append(Result(checkpoint, questions, evaluation))
    return in_order(results)
