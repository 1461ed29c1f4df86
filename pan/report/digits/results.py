"""The evaluation of each network on test scenes of the kind on which it was trained."""

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
    """An evaluated network.

    Attributes:
        checkpoint: The network.
        questions: All questions about the test scenes of its kind.
        evaluation: The evaluation on these questions.
    """

    checkpoint: Checkpoint
    questions: QuestionSet
    evaluation: Evaluation

    @property
    def kind(self) -> str:
        """The kind of scenes on which it was trained."""
        return self.checkpoint.recipe.kind

    @property
    def model(self) -> str:
        """Name of the network."""
        return self.checkpoint.recipe.model

    @property
    def pools(self) -> tuple[int, ...]:
        """The pools with attention, lowest first."""
        return tuple(self.checkpoint.model.attended())

    @property
    def right(self) -> Bool[np.ndarray, " R"]:
        """Whether each question is answered rightly."""
        right: Bool[np.ndarray, " R"] = self.evaluation.predicted == self.questions.answer
        return right

    @cached_property
    def by_scale(self) -> list[ScaleBin]:
        """Accuracy over scale, for the first placed digit of each scene.

        Later digits have less space, so that 70 % of all digits have a scale below 1. The scale of the first digit is
        uniformly distributed, because the canvas is empty.
        """
        first = np.array([rows[0] for rows in self.questions.rows])
        return accuracy_by_scale(self.right[first], self.questions.scale[first], self.questions.image[first]) or []


@dataclass(frozen=True, eq=False)
class Results:
    """All evaluated networks, in the paper's order.

    Attributes:
        all: Sorted by kind, then by network; each network occurs once per kind.
    """

    all: tuple[Result, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the evaluated networks."""
        return tuple(kind for kind in KINDS if any(each.kind == kind for each in self.all))

    @property
    def models(self) -> tuple[str, ...]:
        """The names of the evaluated networks."""
        return tuple(sorted({each.model for each in self.all}, key=place))

    def only(self, models: Collection[str]) -> Results:
        """A selection of the networks."""
        return Results(tuple(each for each in self.all if each.model in models))

    def of_kind(self, kind: str) -> tuple[Result, ...]:
        """The networks of a kind."""
        return tuple(each for each in self.all if each.kind == kind)

    def get(self, kind: str, model: str) -> Result | None:
        """A network on a kind; None if it was not evaluated."""
        return next((each for each in self.of_kind(kind) if each.model == model), None)


def in_order(results: Sequence[Result]) -> Results:
    """Sort results in the paper's order."""
    return Results(tuple(sorted(results, key=lambda each: (KINDS.index(each.kind), place(each.model)))))


def place(model: str) -> tuple[int, str]:
    """Sort key of a network: its position in Table 1; other networks come last."""
    return (PAPER_ORDER.index(model) if model in PAPER_ORDER else len(PAPER_ORDER)), model


class Settings(NamedTuple):
    """The settings of the evaluation.

    Attributes:
        scenes: Number of test scenes of each kind.
        seed: Seed of the scenes.
        sources: The sources of digits and photographs.
        device: The device, a name for `choose_device`.
    """

    scenes: int
    seed: int
    sources: Sources
    device: str = "auto"


def load_networks(names: Sequence[str]) -> list[Checkpoint]:
    """Load the checkpoints of the report, by default all shipped ones.

    Raises:
        InputError: If there is none, one is not for MNIST Reference, or two are of the same network and kind.
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
    """The shipped checkpoints for questions with several right answers, or with one."""
    headers = {name: read_header(path) for name, path in shipped_checkpoints().items()}
    return [name for name, header in headers.items() if header.task.several == several]


def measure_all(checkpoints: Sequence[Checkpoint], settings: Settings) -> Generator[Preparing, None, Results]:
    """Evaluate each network, yielding progress.

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
