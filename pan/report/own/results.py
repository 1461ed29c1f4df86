"""Networks measured on one part of a set of one's own."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Bool

from pan.checkpoints.file import Checkpoint
from pan.data.check import guesses_about, read_rows
from pan.data.guesses import Guesses
from pan.data.parts import Part, evaluated_part
from pan.data.questions import QuestionSet
from pan.data.reference.reading import read_with_progress
from pan.data.sources import Preparing, check_answers
from pan.evaluation.evaluate import evaluate
from pan.evaluation.results import Evaluation
from pan.recipes.task import Task
from pan.system.device import choose_device


@dataclass(frozen=True, eq=False)
class OwnResult:
    """One network, measured.

    Attributes:
        checkpoint: The network.
        questions: In its words.
        evaluation: What was measured.
    """

    checkpoint: Checkpoint
    questions: QuestionSet
    evaluation: Evaluation

    @property
    def title(self) -> str:
        """What it is called: by its file or run, for several may be of one network."""
        return Path(self.checkpoint.name).name.removesuffix(".safetensors")

    def by_query(self) -> dict[str, Bool[np.ndarray, " n"]]:
        """Which of each query's questions are right."""
        right = self.evaluation.predicted == self.questions.answer
        return {word: right[self.questions.query == place] for place, word in enumerate(self.checkpoint.task.queries)
                if (self.questions.query == place).any()}  # fmt: skip


@dataclass(frozen=True, eq=False)
class OwnResults:
    """All that was measured.

    Attributes:
        part: What was asked.
        guesses: What guesses reach on it.
        all: The networks, as they were given.
    """

    part: Part
    guesses: Guesses
    all: tuple[OwnResult, ...]


def measure_own(
    checkpoints: Sequence[Checkpoint], data: Path, device: str = "auto"
) -> Generator[Preparing, None, OwnResults]:
    """Measure each network once, on the test part where the set is split.

    Raises:
        InputError: If the set is wrong, or a network does not fit it.
    """
    guesses = guesses_about(read_rows(data))
    part, chosen = evaluated_part(data), choose_device(device)
    for checkpoint in checkpoints:
        check_answers(part.folder, checkpoint.name, checkpoint.task)
    sets: dict[Task, QuestionSet] = {}
    results = []
    for checkpoint in checkpoints:
        task = checkpoint.task
        if task not in sets:
            sets[task] = yield from _read(part, task)
        work = evaluate(checkpoint, sets[task], str(data), chosen)
        while True:
            try:
                yield Preparing(f"{checkpoint.name} questions", next(work), len(sets[task]))
            except StopIteration as done:
                results.append(OwnResult(checkpoint, sets[task], done.value))
                break
    return OwnResults(part, guesses, tuple(results))


def _read(part: Part, task: Task) -> Generator[Preparing, None, QuestionSet]:
    reading = read_with_progress(part.folder, task, part.name)
    while True:
        try:
            yield Preparing("images read", *next(reading))
        except StopIteration as done:
            questions: QuestionSet = done.value
            return questions
