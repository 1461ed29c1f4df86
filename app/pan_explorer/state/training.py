"""The state of a training run, and its change with each event: frozen values without Qt and torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

from pan.data.guesses import Guesses
from pan.recipes.recipe import Recipe
from pan.system.steps import Preparing
from pan.training.events import Epoch, Finished, Logged, Probe, Started, Step, Validating

Phase = Literal["idle", "preparing", "training", "paused", "stopping", "done", "failed"]
RUNNING: tuple[Phase, ...] = ("preparing", "training", "paused", "stopping")

ESTIMATE_AFTER = 3.0  # seconds: the first steps are slower than the rest


class Opened(NamedTuple):
    """The run's folder has been made."""

    run: Path


class Recent(NamedTuple):
    """Loss and accuracy of the latest training steps.

    Attributes:
        epoch: Epochs trained so far, with a fraction.
        loss: Mean loss of these steps.
        accuracy: Share of right answers in these steps, 0 to 1.
    """

    epoch: float
    loss: float
    accuracy: float


@dataclass(frozen=True)
class TrainingState:
    """The state of a run.

    Attributes:
        phase: The phase of the run; it decides what the user may do.
        recipe: The recipe; None before the first run.
        run: The run's folder; None until it exists.
        device: The chosen device; the product's name once training has begun.
        source: The source of the images, in words.
        preparing: The progress of preparing the data.
        epochs: The completed epochs, those of earlier sessions included.
        first_step: Steps done in earlier sessions.
        step: Steps done.
        steps: Steps of the whole run; 0 until training begins.
        recent: Loss and accuracy within the epochs of this session.
        questions: Questions answered in this session.
        seconds: Seconds of training and validation in this session, without pauses.
        message: One sentence for the user about the end of the last run.
        log: The lines of the run's log.
        probes: The network's attention to the probe images after each epoch.
        validating: The progress of the current epoch's validation; None while it trains.
        finished: Whether all epochs are done or early stopping has ended the run.
        guesses: The accuracy of guesses on the validation data; None if unknown.
    """

    phase: Phase = "idle"
    recipe: Recipe | None = None
    run: Path | None = None
    device: str = "auto"
    source: str = ""
    preparing: Preparing | None = None
    epochs: tuple[Epoch, ...] = ()
    first_step: int = 0
    step: int = 0
    steps: int = 0
    recent: tuple[Recent, ...] = ()
    questions: int = 0
    seconds: float = 0.0
    message: str = ""
    log: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()
    validating: Validating | None = None
    finished: bool = False
    guesses: Guesses | None = None

    @property
    def running(self) -> bool:
        """Whether a run has not ended; a paused one counts as running."""
        return self.phase in RUNNING

    @property
    def best(self) -> Epoch | None:
        """The epoch whose weights are kept; None before the first."""
        return kept_epoch(self.epochs)

    @property
    def without_better(self) -> int:
        """Epochs since validation improved."""
        improved = improved_epoch(self.epochs)
        return self.epochs[-1].epoch - improved.epoch if improved else 0

    @property
    def epoch(self) -> int:
        """The current epoch, from 1; after the end the last one; 0 before training."""
        if self.recipe is None or self.steps == 0:
            return 0
        return min(self.step // self.recipe.steps_per_epoch + 1, self.recipe.epochs)

    @property
    def elapsed(self) -> float:
        """Seconds of training and validation in all sessions."""
        earlier = [epoch.seconds for epoch in self.epochs if epoch.epoch * self.epoch_steps <= self.first_step]
        return (earlier[-1] if earlier else 0.0) + self.seconds

    @property
    def questions_per_second(self) -> float | None:
        """Speed in this session, validation included; None in the first seconds."""
        return self.questions / self.seconds if self.seconds >= ESTIMATE_AFTER else None

    @property
    def remaining(self) -> float | None:
        """The estimated seconds that remain; None in the first seconds."""
        done = self.step - self.first_step
        if self.seconds < ESTIMATE_AFTER or done == 0:
            return None
        return self.seconds / done * (self.steps - self.step)

    @property
    def training_curve(self) -> tuple[Recent, ...]:
        """Training loss and accuracy: one point per epoch, and more points for the epochs of this session."""
        epochs = [Recent(epoch.epoch, epoch.loss, epoch.accuracy) for epoch in self.epochs]
        begun = self.first_step / self.epoch_steps
        session = [each for each in epochs if each.epoch > begun]
        if len(self.recent) <= len(session):
            return tuple(epochs)
        return (*epochs[: len(epochs) - len(session)], *self.recent)

    @property
    def epoch_steps(self) -> int:
        """Steps per epoch."""
        return self.recipe.steps_per_epoch if self.recipe else 1


def kept_epoch(epochs: Sequence[Epoch]) -> Epoch | None:
    """The epoch whose weights are kept: the best one, of several equal ones the latest."""
    return next((epoch for epoch in reversed(epochs) if epoch.best), None)


def improved_epoch(epochs: Sequence[Epoch]) -> Epoch | None:
    """The epoch from which early stopping counts: the best one, of several equal ones the first."""
    return max(epochs, key=lambda epoch: epoch.merit, default=None)


def advance(state: TrainingState, event: object) -> TrainingState:
    """The state after an event."""
    match event:
        case Opened():
            return replace(state, run=event.run)
        case Logged():
            return replace(state, log=(*state.log, event.line))
        case Preparing():
            return replace(state, preparing=event)
        case Started():
            return replace(
                state,
                phase="training" if state.phase == "preparing" else state.phase,
                recipe=event.recipe, run=event.run, device=event.device, source=event.source, preparing=None,
                epochs=event.history, first_step=event.step, step=event.step, steps=event.steps,
                guesses=event.guesses,
            )  # fmt: skip
        case Step():
            state = replace(state, step=event.step, questions=event.questions, seconds=event.seconds, validating=None)
            if event.loss is None or event.accuracy is None:
                return state
            recent = Recent(event.step / state.epoch_steps, event.loss, event.accuracy)
            return replace(state, recent=(*state.recent, recent))
        case Epoch():
            return replace(state, epochs=(*state.epochs, event), validating=None)
        case Validating():
            return replace(state, validating=event)
        case Finished():
            return replace(state, finished=True)
        case Probe():
            return replace(state, probes=(*state.probes, event))
    return state  # other events, such as saved weights, change nothing
