"""The work of training jobs: start a run, resume a run, read a past run."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError
from pan.training.events import Event, Started
from pan_explorer.background.job import Work
from pan_explorer.background.training_choices import PastRun
from pan_explorer.state.training import Opened, TrainingState


def train_new(recipe: Recipe, sources: Sources, device: str, run: Path | None) -> Work[object]:
    """Train in a new run folder, by default one among the user's runs."""
    def work() -> Generator[object, None, None]:
        from pan.training.loop import train
        from pan.training.runs.folder import new_run  # these bring torch, for which the window does not wait

        folder = run or new_run(recipe)
        _leave_a_core()
        try:
            yield from _opened(train(recipe, folder, sources, device), folder)
        except InputError:
            if run is None:
                with suppress(OSError):
                    folder.rmdir()  # if it is still empty
            raise

    return work


def resume_run(run: Path, device: str, moved: Sources) -> Work[object]:
    """Resume a run, with the new places of data that have been moved."""
    def work() -> Generator[object, None, None]:
        from pan.training.loop import resume  # brings torch, for which the window does not wait

        _leave_a_core()
        yield from _opened(resume(run, device, moved), run)

    return work


def review_run(run: PastRun) -> Work[TrainingState]:
    """Read a past run as its last state."""
    def work() -> Generator[TrainingState, None, None]:
        from pan.training.runs.log import read_log
        from pan.training.runs.probes import read_probes  # brings torch, for which the window does not wait

        recipe, done = run.recipe, len(run.epochs)
        yield TrainingState(
            "done", recipe, run.path, run.device, epochs=run.epochs, first_step=done * recipe.steps_per_epoch,
            step=done * recipe.steps_per_epoch, steps=recipe.epochs * recipe.steps_per_epoch,
            message=_shown(run), log=read_log(run.path), probes=read_probes(run.path, done),
            finished=not run.resumable,
        )  # fmt: skip

    return work


def _shown(run: PastRun) -> str:
    """The title, date, best accuracy and end of a run, in a sentence."""
    best = f": best {100 * run.best:.1f} %" if run.best is not None else ""
    return f"Shows {run.title} of {datetime.fromtimestamp(run.began):%d %b, %H:%M}{best}, {run.ending}."


def _opened(events: Iterable[Event], run: Path) -> Generator[object, None, None]:
    """Add the event of the run's folder, and the probes of its earlier sessions, to the events of training."""
    from pan.training.runs.probes import read_probes  # brings torch, for which the window does not wait

    opened = False
    for event in events:
        if not opened:
            opened = True
            yield Opened(run)
        yield event
        if isinstance(event, Started) and event.step:
            yield from read_probes(run, event.step // event.recipe.steps_per_epoch)


def _leave_a_core() -> None:
    """Leave one of more than two cores to the window; two cores are both used, at a lower priority."""
    import torch  # slow; the window does not wait for it

    cores = os.cpu_count() or 1
    if cores > 2:
        torch.set_num_threads(min(torch.get_num_threads(), cores - 1))
