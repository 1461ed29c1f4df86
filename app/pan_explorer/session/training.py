"""The part of the session for training: at most one run at a time, and the commands that control it."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan_explorer.background.job import Work
from pan_explorer.background.jobs import Jobs
from pan_explorer.background.training import resume_run, review_run, train_new
from pan_explorer.background.training_choices import Choices, PastRun, gather_choices
from pan_explorer.background.training_speed import SpeedSession
from pan_explorer.background.training_survey import TrainingSurvey
from pan_explorer.session.training_plan import TrainingPlan
from pan_explorer.state.training import TrainingState, advance

UNMOVED = Sources()


class TrainingSession(QObject):
    """Trains networks in a thread.

    A command that is not possible in the present phase does nothing. Stopping keeps the run, cancelling deletes it.

    Args:
        parent: Owner.
    """

    state_changed = Signal(object)  # TrainingState
    choices_changed = Signal(object)  # Choices
    finished_run = Signal(object)  # Path of a run that has ended with trained weights
    failed = Signal(str)  # one sentence about a failed look-up; a run's failure is part of its state

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = TrainingState()
        self._folder: Path | None = None
        self._run = Jobs(self)
        self._run.progressed.connect(self._on_progress)
        self._run.finished.connect(self._on_finished)
        self._run.cancelled.connect(self._on_cancelled)
        self._run.failed.connect(self._on_failed)
        self._looks = Jobs(self)
        self._looks.progressed.connect(self._on_seen)
        self._looks.failed.connect(self.failed)
        self.plan, self.speeds, self.survey = TrainingPlan(self), SpeedSession(self), TrainingSurvey(self)

    @property
    def choices(self) -> Choices | None:
        """Recipes, devices and runs to choose from; None until they have been read."""
        return self.plan.choices

    @property
    def state(self) -> TrainingState:
        """The state of the run."""
        return self._state

    def is_running(self) -> bool:
        """Whether a run has not ended; a paused one counts as running."""
        return self._run.is_busy()

    def holds(self, run: Path) -> bool:
        """Whether this run is the running one."""
        return self.is_running() and run.absolute() in (self._folder, self._state.run and self._state.run.absolute())

    def rename(self, old: Path, new: Path | None) -> None:
        """Update the path of a run whose folder was renamed, or deleted (None)."""
        if self._state.run == old:
            self._set(replace(self._state, run=new))

    def look_up(self) -> None:
        """Read recipes, devices and past runs; `choices_changed` emits them."""
        self._looks.add(gather_choices)

    def start(self, recipe: Recipe, sources: Sources, device: str = "auto", run: Path | None = None) -> None:
        """Start a new run, by default in a new folder among the user's runs."""
        state = TrainingState("preparing", recipe, device=device)
        self._begin(train_new(recipe, sources, device, run), state, run)

    def resume(self, run: Path, device: str = "auto", moved: Sources = UNMOVED) -> None:
        """Resume a run that was stopped or killed; `moved` are the new places of its data."""
        self._begin(resume_run(run, device, moved), TrainingState("preparing", device=device), run)

    def review(self, run: PastRun) -> None:
        """Show the curves, log and probes of a past run."""
        if not self.is_running():
            self._looks.add(review_run(run))

    def pause(self) -> None:
        """Pause between two steps."""
        if self._state.phase in ("preparing", "training"):
            self._run.pause()
            self._set(replace(self._state, phase="paused"))

    def go_on(self) -> None:
        """End a pause."""
        if self._state.phase == "paused":
            self._run.go_on()
            self._set(replace(self._state, phase="training" if self._state.steps else "preparing"))

    def stop(self) -> None:
        """End the run after this step; its best weights are kept, and it can be resumed."""
        if self.is_running() and self._state.phase != "stopping":
            self._run.stop()
            self._set(replace(self._state, phase="stopping"))

    def cancel(self) -> None:
        """End the run after this step and delete it, earlier sessions included."""
        if self.is_running() and self._state.phase != "stopping":
            self._run.cancel()
            self._set(replace(self._state, phase="stopping"))

    def close(self, timeout_ms: int) -> bool:
        """Stop, and block until the threads have ended; False if that takes longer."""
        self.stop()
        ended = [each.close(timeout_ms) for each in (self._run, self._looks, self.plan, self.speeds, self.survey)]
        return all(ended)

    def _begin(self, work: Work[object], state: TrainingState, run: Path | None) -> None:
        if self.is_running():
            return
        self._folder = run.absolute() if run else None
        self.speeds.stop()
        self._run.add(work)
        self._set(state)

    def _set(self, state: TrainingState) -> None:
        self._state = state
        self.state_changed.emit(state)

    @Slot(object)
    def _on_seen(self, events: tuple[Choices | TrainingState, ...]) -> None:
        seen = events[-1]
        if isinstance(seen, Choices):
            self.plan.offer(seen)
            self.choices_changed.emit(seen)
        elif not self.is_running():
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
        came_to = f"{_ending(state)}: best {100 * best.merit:.1f} %, in epoch {best.epoch}."
        remark = state.guesses.remark(best.merit) if state.guesses else ""
        self._set(replace(state, phase="done", message=" ".join(filter(None, (came_to, remark)))))
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
        state = _with_whole_log(self._end(), sentence, *self._run.details.splitlines())
        kept = " The run is kept; resume it under Runs." if state.steps else ""
        self._set(replace(state, phase="failed", message=sentence + kept))

    def _end(self) -> TrainingState:
        if self.choices:
            self.look_up()  # the list of runs has changed
        return self._state


def _with_whole_log(state: TrainingState, *last: str) -> TrainingState:
    """The state with the complete log of its run, and with last lines that could not be written to the log."""
    from pan.training.runs.log import read_log  # torch is imported by now

    kept = (read_log(state.run) if state.run else ()) or state.log
    lost = [line for line in last if not any(each.endswith(line) for each in kept)]
    return replace(state, log=(*kept, *lost))


def _ending(state: TrainingState) -> str:
    """The end of a run, in a few words."""
    done, whole = len(state.epochs), state.recipe.epochs if state.recipe else 0
    if not state.finished:
        return f"Stopped after {done} of {whole} epochs"
    return "Finished" if done == whole else f"Finished after {done} of {whole} epochs, for the last were no better"
