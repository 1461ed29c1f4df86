"""The work of training jobs: a new run, a resumed run, a past run read again."""

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
    """Train in a new run folder, the default one if none is given."""
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
                    folder.rmdir()  # a mistake should not leave a folder behind; one with a run in it stays
            raise

    return work


def resume_run(run: Path, device: str) -> Work[object]:
    """Go on with a run."""
    def work() -> Generator[object, None, None]:
        from pan.training.loop import resume  # brings torch, for which the window does not wait

        _leave_a_core()
        yield from _opened(resume(run, device), run)

    return work


def review_run(run: PastRun) -> Work[TrainingState]:
    """Read a past run again, as the state it ended in."""
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
    """Which run it is, and what it came to."""
    best = f": best {100 * run.best:.1f} %" if run.best is not None else ""
    return f"Shows {run.title} of {datetime.fromtimestamp(run.began):%d %b, %H:%M}{best}, {run.ending}."


def _opened(events: Iterable[Event], run: Path) -> Generator[object, None, None]:
    """The same events, with the run's folder as soon as it exists and the probes of its earlier sessions."""
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
    """Of more than two cores, one is the window's; of two, training uses both at a lower priority."""
    import torch  # here, for the window does not wait for it

    cores = os.cpu_count() or 1
    if cores > 2:
        torch.set_num_threads(min(torch.get_num_threads(), cores - 1))
