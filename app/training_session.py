"""The training half of the window's document: at most one run at a time, its state, and the verbs that move it."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import reduce
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.jobs import Job, Work
from app.training_choices import Choices, gather_choices
from app.training_state import Opened, TrainingState, advance
from pan.data.sources import Sources
from pan.events import Event, Started
from pan.tasks import Recipe


class TrainingSession(QObject):
    """Trains networks in a thread of its own.

    A verb that does not fit the phase does nothing. Stopping keeps the run, cancelling discards it.

    Args:
        parent: Owner.
    """

    state_changed = Signal(object)  # TrainingState
    choices_changed = Signal(object)  # Choices
    finished_run = Signal(object)  # Path of a run that has trained weights to look at

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = TrainingState()
        self._job: Job | None = None
        self._choices: Choices | None = None
        self._looking: Job | None = None

    @property
    def choices(self) -> Choices | None:
        """What can be trained here; None until it was looked up."""
        return self._choices

    @property
    def state(self) -> TrainingState:
        """Where the run stands."""
        return self._state

    def is_running(self) -> bool:
        """Whether a run is on its way, even if it waits."""
        return self._job is not None

    def look_up(self) -> None:
        """Gather what can be trained here and what was, told by `choices_changed`."""
        if self._looking:
            return
        self._looking = Job(gather_choices, self)
        self._looking.progressed.connect(self._on_choices)
        self._looking.finished.connect(self._on_looked)
        self._looking.failed.connect(self._on_looked)
        self._looking.start()

    def start(self, recipe: Recipe, sources: Sources, device: str = "auto", run: Path | None = None) -> None:
        """Train a network in a new run folder, the default one if none is given."""
        self._run(_train(recipe, sources, device, run), TrainingState("preparing", recipe, device=device))

    def resume(self, run: Path, device: str = "auto") -> None:
        """Go on with a run that was stopped or killed."""
        self._run(_resume(run, device), TrainingState("preparing", device=device))

    def pause(self) -> None:
        """Wait between two steps."""
        if self._job and self._state.phase in ("preparing", "training"):
            self._job.pause()
            self._set(replace(self._state, phase="paused"))

    def go_on(self) -> None:
        """End a pause."""
        if self._job and self._state.phase == "paused":
            self._job.go_on()
            self._set(replace(self._state, phase="training" if self._state.steps else "preparing"))

    def stop(self) -> None:
        """End the run after this step; its best weights are kept, and it can be resumed."""
        if self._job and self._state.phase != "stopping":
            self._job.stop()
            self._set(replace(self._state, phase="stopping"))

    def cancel(self) -> None:
        """End the run after this step and throw it away, with what earlier sessions did in it."""
        if self._job and self._state.phase != "stopping":
            self._job.cancel()
            self._set(replace(self._state, phase="stopping"))

    def close(self, timeout_ms: int) -> bool:
        """Stop, and block until the thread has ended; False if that takes longer than the bound."""
        self.stop()
        return all(job.wait(timeout_ms) for job in (self._job, self._looking) if job)

    def _run(self, work: Work[object], state: TrainingState) -> None:
        if self._job:
            return
        self._job = Job(work, self)
        self._job.progressed.connect(self._on_progress)
        self._job.finished.connect(self._on_finished)
        self._job.cancelled.connect(self._on_cancelled)
        self._job.failed.connect(self._on_failed)
        self._set(state)
        self._job.start()

    def _set(self, state: TrainingState) -> None:
        self._state = state
        self.state_changed.emit(state)

    @Slot(object)
    def _on_choices(self, events: tuple[Choices, ...]) -> None:
        self._choices = events[-1]
        self.choices_changed.emit(self._choices)

    @Slot()
    def _on_looked(self) -> None:
        if self._looking:
            self._looking.deleteLater()
        self._looking = None

    @Slot(object)
    def _on_progress(self, events: tuple[object, ...]) -> None:
        self._set(reduce(advance, events, self._state))

    @Slot()
    def _on_finished(self) -> None:
        state = _with_whole_log(self._end())
        best = state.best
        if best is None:
            self._set(replace(state, phase="done", message="Stopped before the first epoch was done."))
            return
        came_to = f"best {100 * best.validation_accuracy:.1f} %, in epoch {best.epoch}"
        self._set(replace(state, phase="done", message=f"{_ending(state)}: {came_to}."))
        self.finished_run.emit(state.run)

    @Slot()
    def _on_cancelled(self) -> None:
        state = self._end()
        if state.run:
            _discard(state.run)
        self._set(TrainingState(device=state.device, message="Cancelled; nothing of the run was kept."))

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        details = self._job.details if self._job else ""
        state = _with_whole_log(self._end(), sentence, *details.splitlines())
        self._set(replace(state, phase="failed", message=sentence))

    def _end(self) -> TrainingState:
        if self._job:
            self._job.deleteLater()
        self._job = None
        if self._choices:
            self.look_up()  # there is a run more, or one less
        return self._state


def _train(recipe: Recipe, sources: Sources, device: str, run: Path | None) -> Work[object]:
    def work() -> Generator[object, None, None]:
        from pan.runs import new_run  # these bring torch, for which the window does not wait
        from pan.training import train

        folder = run or new_run(recipe)
        _leave_a_core()
        yield from _opened(train(recipe, folder, sources, device), folder)

    return work


def _resume(run: Path, device: str) -> Work[object]:
    def work() -> Generator[object, None, None]:
        from pan.training import resume  # brings torch, for which the window does not wait

        _leave_a_core()
        yield from _opened(resume(run, device), run)

    return work


def _opened(events: Iterable[Event], run: Path) -> Generator[object, None, None]:
    """The same events, with the run's folder as soon as it exists and the probes of its earlier sessions."""
    from pan.probes import read_probes  # brings torch, for which the window does not wait

    opened = False
    for event in events:
        if not opened:
            opened = True
            yield Opened(run)
        yield event
        if isinstance(event, Started) and event.step:
            yield from read_probes(run, event.step // event.recipe.steps_per_epoch)


def _with_whole_log(state: TrainingState, *last: str) -> TrainingState:
    """The state with all its run's log, that of earlier sessions too, and with lines that could not be written."""
    from pan.run_log import read_log  # torch is imported by now

    kept = (read_log(state.run) if state.run else ()) or state.log
    lost = [line for line in last if not any(each.endswith(line) for each in kept)]
    return replace(state, log=(*kept, *lost))


def _ending(state: TrainingState) -> str:
    """How a run ended, in a few words."""
    done, whole = len(state.epochs), state.recipe.epochs if state.recipe else 0
    if not state.finished:
        return f"Stopped after {done} of {whole} epochs"
    return "Finished" if done == whole else f"Finished after {done} of {whole} epochs, for the last were no better"


def _leave_a_core() -> None:
    """Of more than two cores, one is the window's; of two, training uses both at a lower priority."""
    import torch  # here, for the window does not wait for it

    cores = os.cpu_count() or 1
    if cores > 2:
        torch.set_num_threads(min(torch.get_num_threads(), cores - 1))


def _discard(run: Path) -> None:
    """Remove what a run writes; anything else in its folder is somebody's, and stays with the folder."""
    from pan.checkpoint import BEST, LAST, STATE  # here, for torch is imported by now
    from pan.probes import PROBES
    from pan.runs import LOG, METRICS, RECIPE

    with suppress(OSError):  # what cannot be removed is in nobody's way
        for name in (BEST, LAST, STATE, LOG, METRICS, RECIPE):
            (run / name).unlink(missing_ok=True)
        for path in (run / PROBES).glob("*.npz"):
            path.unlink()
        if (run / PROBES).exists():
            (run / PROBES).rmdir()
        run.rmdir()
