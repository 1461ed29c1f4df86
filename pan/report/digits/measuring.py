"""Test scenes drawn, and every network measured on those of its kind."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import NamedTuple

from pan.checkpoints.file import Checkpoint, load_checkpoint, read_header, shipped_checkpoints
from pan.data.questions import QuestionSet
from pan.data.sources import Preparing, Sources, draw_questions
from pan.evaluation.evaluate import evaluate
from pan.recipes.digits import KINDS
from pan.recipes.task import MNIST_REFERENCE
from pan.report.digits.results import Result, Results, in_order
from pan.system.device import choose_device
from pan.system.errors import InputError


class Settings(NamedTuple):
    """The scenes that are asked about.

    Attributes:
        scenes: Scenes of each kind.
        seed: Their seed.
        sources: Where digits and photographs come from.
    """

    scenes: int
    seed: int
    sources: Sources


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
    device = choose_device()
    sets: dict[str, QuestionSet] = {}
    results = []
    for checkpoint in checkpoints:
        kind = checkpoint.recipe.kind
        if kind not in sets:
            sets[kind] = yield from draw_questions(kind, "test", settings.scenes, settings.seed, settings.sources)
        questions = sets[kind]
        work = evaluate(checkpoint, questions, f"{kind} test scenes, seed {settings.seed}", device)
        while True:
            try:
                yield Preparing(f"{checkpoint.name} questions", next(work), len(questions))
            except StopIteration as done:
                results.append(Result(checkpoint, questions, done.value))
                break
    return in_order(results)
