"""Runs the trainings of a study. Recorded ones are skipped, and interrupted ones are resumed."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pan.checkpoints.file import load_checkpoint
from pan.data.questions import QuestionSet
from pan.data.sources import Sources, draw_questions
from pan.evaluation.evaluate import evaluate
from pan.evaluation.results import Evaluation
from pan.studies.record import Record, Scenes, read_record
from pan.studies.trial import Trial
from pan.system.device import choose_device
from pan.system.errors import InputError
from pan.system.steps import Preparing, counted
from pan.training.events import Event, Finished
from pan.training.loop import resume, train
from pan.training.runs.folder import RECIPE, read_run

RUNS = "runs"


class Drawn(NamedTuple):
    """The test scenes of each kind.

    Attributes:
        scenes: The number of scenes.
        seed: The seed.
    """

    scenes: int = 1_000
    seed: int = 1


class Recorded(NamedTuple):
    """Event: a training has been finished and evaluated.

    Attributes:
        trial: The training.
        record: Its record.
        path: The record's file.
    """

    trial: Trial
    record: Record
    path: Path


def run_trials(
    trials: Sequence[Trial], folder: Path, sources: Sources, test: Drawn, device: str = "auto"
) -> Generator[Event | Recorded, None, None]:
    """Run every training that has no record in the folder yet. Runs are in the subfolder `runs`.

    Raises:
        InputError: If a run or record of the same name has another recipe, or a data source is missing.
    """
    waiting = [trial for trial in trials if not _is_recorded(trial, folder, test)]
    sets: dict[str, QuestionSet] = {}
    for trial in waiting:
        seconds = 0.0
        with closing(_training(trial, folder, sources, device)) as events:
            for event in events:
                yield event
                if isinstance(event, Finished):
                    seconds = event.seconds
        kind = trial.recipe.kind
        if kind not in sets:
            sets[kind] = yield from draw_questions(kind, "test", test.scenes, test.seed, sources)
        evaluation = yield from _measure(trial, folder, sets[kind], device)
        scenes: Scenes = {"scenes": test.scenes, "seed": test.seed}
        record = Record(trial.study, trial.variant, trial.says, trial.after, trial.recipe, scenes, seconds,
                        evaluation.to_json())  # fmt: skip
        record.save(_path(trial, folder))
        yield Recorded(trial, record, _path(trial, folder))


def _training(trial: Trial, folder: Path, sources: Sources, device: str) -> Generator[Event, None, None]:
    run = _run(trial.name, folder)
    if not (run / RECIPE).exists():
        start = str(_run(trial.after, folder)) if trial.after else trial.recipe.start
        return train(trial.recipe.with_fields(start=start), run, sources, device)
    recipe, _ = read_run(run)
    if recipe.with_fields(start=trial.recipe.start) != trial.recipe:
        raise InputError(f"{run} has another recipe; give another folder.")
    return resume(run, device, sources)


def _measure(
    trial: Trial, folder: Path, questions: QuestionSet, device: str
) -> Generator[Preparing, None, Evaluation]:
    chosen = choose_device(device)
    checkpoint = replace(load_checkpoint(str(_run(trial.name, folder))), name=trial.name)
    work = evaluate(checkpoint, questions, f"{trial.recipe.kind} test scenes", chosen)
    return counted(work, "test questions", len(questions))


def _is_recorded(trial: Trial, folder: Path, test: Drawn) -> bool:
    path = _path(trial, folder)
    if not path.exists():
        return False
    record = read_record(path)
    if (record.recipe, dict(record.test)) != (trial.recipe, test._asdict()):
        raise InputError(f"{path} has another recipe or other test scenes; give another folder.")
    return True


def _path(trial: Trial, folder: Path) -> Path:
    return folder / f"{trial.name}.json"


def _run(name: str, folder: Path) -> Path:
    return (folder / RUNS / name).absolute()
