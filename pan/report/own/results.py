"""The evaluation of networks on one part of a user's set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from jaxtyping import Bool

from pan.checkpoints.file import Checkpoint
from pan.data.check import guesses_on
from pan.data.guesses import Guesses
from pan.data.parts import Part, evaluated_part
from pan.data.questions import QuestionSet
from pan.data.sources import check_answers, read_part
from pan.evaluation.evaluate import evaluate
from pan.evaluation.results import Evaluation
from pan.recipes.task import Task
from pan.system.device import choose_device
from pan.system.errors import InputError
from pan.system.steps import Preparing, counted


@dataclass(frozen=True, eq=False)
class OwnResult:
    """An evaluated network.

    Attributes:
        checkpoint: The network.
        questions: The questions, with the words of its task.
        evaluation: The evaluation.
        title: Its title, from the name of its file or run, because several may have the same architecture.
    """

    checkpoint: Checkpoint
    questions: QuestionSet
    evaluation: Evaluation
    title: str

    def by_query(self) -> dict[str, Bool[np.ndarray, " n"]]:
        """Whether each question is answered rightly, by query."""
        right = self.evaluation.predicted == self.questions.answer
        return {word: right[self.questions.query == place] for place, word in enumerate(self.checkpoint.task.queries)
                if (self.questions.query == place).any()}  # fmt: skip


@dataclass(frozen=True, eq=False)
class OwnResults:
    """All evaluated networks.

    Attributes:
        part: The evaluated part.
        guesses: The guessing baselines on it.
        all: The networks, in the given order.
    """

    part: Part
    guesses: Guesses
    all: tuple[OwnResult, ...]


def measure_own(
    checkpoints: Sequence[Checkpoint], data: Path, device: str = "auto"
) -> Generator[Preparing, None, OwnResults]:
    """Evaluate each network, on the part `test` if the set has parts.

    Raises:
        InputError: If the set is invalid, or a network does not fit it or is named twice.
    """
    names = [checkpoint.name for checkpoint in checkpoints]
    if twice := [name for name in names if names.count(name) > 1]:
        raise InputError(f"{twice[0]} is named twice; name it once.")
    part, chosen = evaluated_part(data), choose_device(device)
    guesses = guesses_on(data, part)
    for checkpoint in checkpoints:
        check_answers(part.folder, checkpoint.name, checkpoint.task)
    sets: dict[Task, QuestionSet] = {}
    titles, results = _titles(checkpoints), []
    for checkpoint in checkpoints:
        task = checkpoint.task
        if task not in sets:
            read = yield from read_part(part, task, checkpoint.recipe.hardware.workers, part.name or "all")
            sets[task] = cast("QuestionSet", read)  # check_answers has refused sets with several answers
        work = evaluate(checkpoint, sets[task], str(data), chosen)
        evaluation = yield from counted(work, f"{checkpoint.name} questions", len(sets[task]))
        results.append(OwnResult(checkpoint, sets[task], evaluation, titles[checkpoint.name]))
    return OwnResults(part, guesses, tuple(results))


def _titles(checkpoints: Sequence[Checkpoint]) -> dict[str, str]:
    """The last part of each name, or the whole name if several have the same last part."""
    short = {each.name: Path(each.name).name.removesuffix(".safetensors") for each in checkpoints}
    ends = Counter(short.values())
    return {name: end if ends[end] == 1 else name for name, end in short.items()}
