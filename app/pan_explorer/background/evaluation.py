"""The work of evaluation jobs: networks answer all questions of a set, and the answers are cached."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from pan.data.check import guesses_about, read_rows
from pan.data.labelled.reading import read_labelled_set
from pan.data.parts import INDEX, SPLIT, Part, find_part, set_of
from pan.data.questions import Questions
from pan.data.reference.reading import read_with_progress
from pan.data.sources import check_answers, decode_set
from pan.evaluation.answer_file import Evaluated, load_evaluated, save_evaluated
from pan.recipes.task import Task
from pan.system.errors import InputError
from pan_explorer.state.evaluation import Event, Finished, Guessed, Progress, Refused

if TYPE_CHECKING:
    from pan.evaluation.results import Evaluation

CACHE_VERSION = "2"
"""Part of the names of cache files; it changes when their contents do."""


def recall_all(folder: Path, networks: Sequence[str]) -> Generator[Event, None, None]:
    """Read the cached answers of networks; networks without a cache file are left out."""
    for network in networks:
        try:
            yield Finished(folder, network, load_evaluated(_kept(folder, network)))
        except InputError:
            continue


def evaluate_all(folder: Path, networks: Sequence[str]) -> Generator[Event, None, None]:
    """Evaluate networks on all questions of a set, or read their cached answers. The set is read once.

    Metrics are computed on the test part if the set has one.
    """
    sets: dict[Task, tuple[Questions, Questions]] = {}
    for network in networks:
        try:
            yield from _evaluate(folder, network, sets)
        except InputError as error:
            yield Refused(network, str(error))


def recall_and_evaluate(
    folder: Path, recalled: Sequence[str], needed: Sequence[str]
) -> Generator[Event, None, None]:
    """Read the cached answers of some networks, then evaluate others."""
    yield from recall_all(folder, recalled)
    yield from evaluate_all(folder, needed)


def guess(folder: Path) -> Generator[Event, None, None]:
    """Compute the accuracy of guesses without the image."""
    yield Guessed(folder, guesses_about(read_rows(set_of(folder))))


def _evaluate(
    folder: Path, network: str, sets: dict[Task, tuple[Questions, Questions]]
) -> Generator[Event, None, None]:
    from pan.checkpoints.file import load_checkpoint
    from pan.evaluation.evaluate import evaluate
    from pan.system.device import choose_device

    try:
        yield Finished(folder, network, load_evaluated(_kept(folder, network)))
    except InputError:
        pass
    else:
        return
    yield Progress(f"loading {network}")
    checkpoint = load_checkpoint(network)
    task = checkpoint.task
    check_answers(folder, network, task)
    if task not in sets:
        workers = checkpoint.recipe.hardware.workers
        every, tested = Part(folder), find_part(folder, "test")
        asked = yield from _read(every, task, workers)
        sets[task] = asked, asked if tested is None else (yield from _read(tested, task, workers))
    asked, measured = sets[task]
    device = choose_device()
    answers = yield from _ask(evaluate(checkpoint, asked, str(folder), device), network, asked)
    told = answers if measured is asked else (
        yield from _ask(evaluate(checkpoint, measured, str(folder), device), f"{network} on the part test", measured))
    evaluated = Evaluated(answers.answer_table(task.answers), told.to_json())
    yield Finished(folder, network, evaluated)
    with suppress(InputError):  # without the cache file, the network is only evaluated again later
        save_evaluated(_kept(folder, network), evaluated)


def _ask(
    work: Generator[int, None, Evaluation], network: str, questions: Questions
) -> Generator[Event, None, Evaluation]:
    while True:
        try:
            yield Progress(f"evaluating {network}", next(work), len(questions))
        except StopIteration as done:
            evaluation: Evaluation = done.value
            return evaluation


def _read(part: Part, task: Task, workers: int) -> Generator[Event, None, Questions]:
    """Read a part of a set for a task; as a labelled set if questions of the task have several answers."""
    folder, name = part
    reading: Generator[tuple[Any, ...], None, Questions] = (
        decode_set(read_labelled_set(folder, task, name), workers, name or "all") if task.several
        else read_with_progress(folder, task, name))  # fmt: skip
    while True:
        try:
            *_, done, total = next(reading)
        except StopIteration as ended:
            questions: Questions = ended.value
            return questions
        yield Progress("reading images", done, total)


def _kept(folder: Path, network: str) -> Path:
    """The cache file for the present versions of a network and a set.

    Raises:
        InputError: If the network does not exist.
    """
    from pan.checkpoints.file import find_checkpoint

    versions = [CACHE_VERSION, str(folder.resolve())]
    split = [folder / SPLIT] if (folder / SPLIT).is_file() else []
    for path in (folder / INDEX, *split, find_checkpoint(network)):
        status = path.stat()
        versions += [str(path.resolve()), str(status.st_mtime_ns), str(status.st_size)]
    name = hashlib.sha256(os.fsencode("\n".join(versions))).hexdigest()[:24]
    return platformdirs.user_cache_path("pan-explorer", appauthor=False) / "evaluations" / f"{name}.npz"
