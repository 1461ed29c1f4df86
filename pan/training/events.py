"""What a training run tells whoever iterates over it: frozen values, in the order in which things happen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from jaxtyping import Float, UInt8

from pan.data.guesses import Guesses
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.system.steps import Preparing


@dataclass(frozen=True)
class Started:
    """The data are ready and training begins or goes on.

    Attributes:
        run: The run's folder.
        recipe: What is trained.
        task: The words.
        source: Where the pictures are from.
        device: Name of the device.
        precision: Name of the precision.
        parameters: Number of trained numbers.
        taken: What the recipe's `start` gave, in words; empty without one.
        step: Steps done before, 0 for a new run.
        steps: Steps of the whole run.
        history: The epochs done before.
        guesses: What guesses reach in validation; None where several answers are right at once.
    """

    run: Path
    recipe: Recipe
    task: Task
    source: str
    device: str
    precision: str
    parameters: int
    taken: str
    step: int
    steps: int
    history: tuple[Epoch, ...]
    guesses: Guesses | None = None


@dataclass(frozen=True)
class Step:
    """One optimiser step is done.

    Attributes:
        step: Steps done in the run.
        steps: Steps of the whole run.
        epoch: The running epoch, from 1.
        questions: Questions answered in this session.
        seconds: Seconds this session has trained, pauses left out.
        loss: Mean loss of the steps since it was last read; None after a step that did not read it.
        accuracy: Share of right answers in them.
    """

    step: int
    steps: int
    epoch: int
    questions: int
    seconds: float
    loss: float | None = None
    accuracy: float | None = None


def figure_of_merit(accuracy: float, mean_average_precision: float | None) -> float:
    """What the best epoch is chosen by: how well answers rank the questions where several are right, else accuracy."""
    return accuracy if mean_average_precision is None else mean_average_precision


@dataclass(frozen=True)
class Epoch:
    """One epoch is done and validated; shares are 0 to 1, losses in nats.

    Attributes:
        epoch: From 1.
        epochs: Epochs of the whole run.
        loss: Mean training loss.
        accuracy: Share of right answers in training.
        validation_loss: Mean negative log-likelihood of the right answers.
        validation_accuracy: Share of right answers in validation.
        accuracy_by_layer: The same for each attended layer's own answers; NaN where it gives none.
        tpr_by_layer: TPR of the accumulated attention up to each layer.
        learning_rate: At the end of the epoch.
        seconds: Seconds trained and validated so far in the whole run.
        best: Whether its weights are the best so far.
        mean_average_precision: Weighted, in validation; None where one answer alone is right.
        pxap_by_layer: Pixel average precision of that attention; none in runs of 0.4.0, which did not measure it.
    """

    epoch: int
    epochs: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    accuracy_by_layer: tuple[float, ...]
    tpr_by_layer: tuple[float, ...]
    learning_rate: float
    seconds: float
    best: bool
    mean_average_precision: float | None = None
    pxap_by_layer: tuple[float, ...] = ()

    @property
    def merit(self) -> float:
        """What the best epoch is chosen by."""
        return figure_of_merit(self.validation_accuracy, self.mean_average_precision)


@dataclass(frozen=True, eq=False)
class Probe:
    """What the network attends to in one validation image, after an epoch.

    Attributes:
        epoch: From 1; 0 is before training.
        image: The image.
        query: The question's word.
        answer: The right word; of several the network's if it is one of them, else all.
        predicted: The network's word.
        layers: Names of the attended layers.
        accumulated: For each, its accumulated attention over the image.
    """

    epoch: int
    image: UInt8[np.ndarray, "S S 3"]
    query: str
    answer: str
    predicted: str
    layers: tuple[str, ...]
    accumulated: Float[np.ndarray, "L S S"]


class Validating(NamedTuple):
    """How far the validation of an epoch has come.

    Attributes:
        done: Questions answered.
        total: Questions to answer.
    """

    done: int
    total: int


@dataclass(frozen=True)
class Saved:
    """Weights were written.

    Attributes:
        path: The checkpoint, whole on disk.
        best: Whether it holds the best weights so far.
    """

    path: Path
    best: bool


@dataclass(frozen=True)
class Finished:
    """The whole budget is spent.

    Attributes:
        run: The run's folder.
        best: The best weights.
        merit: That of the epoch they are from.
        seconds: Seconds of training in all sessions.
    """

    run: Path
    best: Path
    merit: float
    seconds: float


class Logged(NamedTuple):
    """A line was added to the run's log; what it tells of comes next."""

    line: str


Ending = Literal["finished", "stopped", "failed", "cut off"]
"""How a run came to its end: by its budget or patience, by a person, by a failure, or without a word."""

Event = Preparing | Started | Step | Validating | Epoch | Probe | Saved | Finished | Logged
