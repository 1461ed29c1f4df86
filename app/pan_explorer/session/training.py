"""The training half of the window's document: at most one run at a time, its state, and the verbs that move it."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan_explorer.background.job import Job, Work
from pan_explorer.background.job_queue import JobQueue
from pan_explorer.background.training import resume_run, review_run, train_new
from pan_explorer.background.training_choices import Choices, PastRun, gather_choices
from pan_explorer.background.training_speed import SpeedSession
from pan_explorer.state.training import TrainingState, advance


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
        self._looking = JobQueue(self)
        self._looking.progressed.connect(self._on_seen)
        self.speeds = SpeedSession(self)

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
        self._looking.add(gather_choices)

    def start(self, recipe: Recipe, sources: Sources, device: str = "auto", run: Path | None = None) -> None:
        """Train a network in a new run folder, the default one if none is given."""
        self._run(train_new(recipe, sources, device, run), TrainingState("preparing", recipe, device=device))

    def resume(self, run: Path, device: str = "auto") -> None:
        """Go on with a run that was stopped or killed."""
        self._run(resume_run(run, device), TrainingState("preparing", device=device))

    def review(self, run: PastRun) -> None:
        """Show a past run again: its curves, its log, and how its attention was learnt."""
        if self._job is None:
            self._looking.add(review_run(run))

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
        self.speeds.stop()
        looked = self._looking.close(timeout_ms)
        return looked and all(thing.wait(timeout_ms) for thing in (self._job, self.speeds) if thing)

    def _run(self, work: Work[object], state: TrainingState) -> None:
        if self._job:
            return
        self.speeds.stop()
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
    def _on_seen(self, events: tuple[Choices | TrainingState, ...]) -> None:
        seen = events[-1]
        if isinstance(seen, Choices):
            self._choices = seen
            self.choices_changed.emit(seen)
        elif self._job is None:
            self._set(seen)

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
        came_to = f"best {100 * best.merit:.1f} %, in epoch {best.epoch}"
        self._set(replace(state, phase="done", message=f"{_ending(state)}: {came_to}."))
        self.finished_run.emit(state.run)

    @Slot()
    def _on_cancelled(self) -> None:
        from pan.training.runs.own_files import discard_run  # torch is imported by now

        state = self._end()
        if state.run:
            discard_run(state.run)
        self._set(TrainingState(device=state.device, message="Cancelled; nothing of the run was kept."))

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        details = self._job.details if self._job else ""
        state = _with_whole_log(self._end(), sentence, *details.splitlines())
        kept = " The run is kept; resume it under Runs." if state.steps else ""
        self._set(replace(state, phase="failed", message=sentence + kept))

    def _end(self) -> TrainingState:
        if self._job:
            self._job.deleteLater()
        self._job = None
        if self._choices:
            self.look_up()  # there is a run more, or one less
        return self._state


def _with_whole_log(state: TrainingState, *last: str) -> TrainingState:
    """The state with all its run's log, that of earlier sessions too, and with lines that could not be written."""
    from pan.training.runs.log import read_log  # torch is imported by now

    kept = (read_log(state.run) if state.run else ()) or state.log
    lost = [line for line in last if not any(each.endswith(line) for each in kept)]
    return replace(state, log=(*kept, *lost))


def _ending(state: TrainingState) -> str:
    """How a run ended, in a few words."""
    done, whole = len(state.epochs), state.recipe.epochs if state.recipe else 0
    if not state.finished:
        return f"Stopped after {done} of {whole} epochs"
    return "Finished" if done == whole else f"Finished after {done} of {whole} epochs, for the last were no better"
