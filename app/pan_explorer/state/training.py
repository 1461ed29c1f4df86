"""What is known of a training run at one moment, and how each event moves it: plain values, no Qt, no torch."""

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
    """The run's folder exists."""

    run: Path


class Recent(NamedTuple):
    """How the steps before a moment went; shares are 0 to 1.

    Attributes:
        epoch: The moment, in epochs from the run's begin, with a fraction.
        loss: Their mean loss.
        accuracy: Share of right answers in them.
    """

    epoch: float
    loss: float
    accuracy: float


@dataclass(frozen=True)
class TrainingState:
    """Where a run stands.

    Attributes:
        phase: What may be done now.
        recipe: What is trained, None before the first run.
        run: Its folder, None until it exists.
        device: The device as it was chosen; its own name once training has begun.
        source: Where the pictures are from.
        preparing: How far the data are.
        epochs: The epochs done, those of earlier sessions too.
        first_step: Steps done in earlier sessions.
        step: Steps done.
        steps: Steps of the whole run; 0 until training begins.
        recent: How training went between the epochs of this session.
        questions: Questions answered in this session.
        seconds: Seconds this session has trained and validated, pauses left out.
        message: One sentence for the user, about how the last run ended.
        log: The run's log.
        probes: What the network attended to after each epoch.
        validating: How far the validation of the running epoch is; None while it trains.
        finished: Whether its budget or its patience is spent.
        guesses: What guesses reach in validation; None where that is not known.
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
        """Whether a run is on its way, even if it waits."""
        return self.phase in RUNNING

    @property
    def best(self) -> Epoch | None:
        """The epoch whose weights are kept."""
        return kept_epoch(self.epochs)

    @property
    def without_better(self) -> int:
        """Epochs since validation improved."""
        improved = improved_epoch(self.epochs)
        return self.epochs[-1].epoch - improved.epoch if improved else 0

    @property
    def epoch(self) -> int:
        """The running epoch, from 1; the last one after the end."""
        if self.recipe is None or self.steps == 0:
            return 0
        return min(self.step // self.recipe.steps_per_epoch + 1, self.recipe.epochs)

    @property
    def elapsed(self) -> float:
        """Seconds of training in all sessions."""
        earlier = [epoch.seconds for epoch in self.epochs if epoch.epoch * self.epoch_steps <= self.first_step]
        return (earlier[-1] if earlier else 0.0) + self.seconds

    @property
    def questions_per_second(self) -> float | None:
        """Speed in this session, validation included; None while it is too early to tell."""
        return self.questions / self.seconds if self.seconds >= ESTIMATE_AFTER else None

    @property
    def remaining(self) -> float | None:
        """Seconds to go; None while they are being estimated."""
        done = self.step - self.first_step
        if self.seconds < ESTIMATE_AFTER or done == 0:
            return None
        return self.seconds / done * (self.steps - self.step)

    @property
    def training_curve(self) -> tuple[Recent, ...]:
        """How training went: by epochs, and between those of this session where more is known."""
        epochs = [Recent(epoch.epoch, epoch.loss, epoch.accuracy) for epoch in self.epochs]
        begun = self.first_step / self.epoch_steps
        session = [each for each in epochs if each.epoch > begun]
        if len(self.recent) <= len(session):
            return tuple(epochs)
        return (*epochs[: len(epochs) - len(session)], *self.recent)

    @property
    def epoch_steps(self) -> int:
        """Steps of one epoch."""
        return self.recipe.steps_per_epoch if self.recipe else 1


def kept_epoch(epochs: Sequence[Epoch]) -> Epoch | None:
    """The epoch whose weights are kept: of equally right ones the latest."""
    return next((epoch for epoch in reversed(epochs) if epoch.best), None)


def improved_epoch(epochs: Sequence[Epoch]) -> Epoch | None:
    """The epoch from which patience is counted: of equally right ones the first."""
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
    return state  # what was saved
