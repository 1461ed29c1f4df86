"""The events of a training run, as frozen values."""

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
    """The data are ready, and training begins or is resumed.

    Attributes:
        run: The run's folder.
        recipe: The recipe.
        task: The task.
        source: The source of the images, in words.
        device: Name of the device.
        precision: Name of the precision.
        parameters: Number of trained parameters.
        taken: The weights copied from the recipe's `start`, in words; empty without one.
        step: Steps done before, 0 for a new run.
        steps: Steps of the whole run.
        history: The epochs done before.
        guesses: The accuracy of guesses in validation; None for tasks with several right answers.
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
    """One step of the optimiser has been done.

    Attributes:
        step: Steps done in the run.
        steps: Steps of the whole run.
        epoch: The current epoch, from 1.
        questions: Questions answered in this session.
        seconds: Seconds of training in this session, without pauses.
        loss: Mean loss since the last step that reported it; None if this step does not report it.
        accuracy: Share of right answers in the same steps.
    """

    step: int
    steps: int
    epoch: int
    questions: int
    seconds: float
    loss: float | None = None
    accuracy: float | None = None


def figure_of_merit(accuracy: float, mean_average_precision: float | None) -> float:
    """The measure that decides which epoch is best: mAP for tasks with several right answers, otherwise accuracy."""
    return accuracy if mean_average_precision is None else mean_average_precision


@dataclass(frozen=True)
class Epoch:
    """One epoch has been trained and validated; shares are 0 to 1, losses in nats.

    Attributes:
        epoch: Number of the epoch, from 1.
        epochs: Epochs of the whole run.
        loss: Mean training loss.
        accuracy: Share of right answers in training.
        validation_loss: Mean negative log-likelihood of the right answers.
        validation_accuracy: Share of right answers in validation.
        accuracy_by_layer: Validation accuracy of each attended layer's own answers; NaN for a layer without answers.
        tpr_by_layer: TPR of the accumulated attention up to each layer.
        learning_rate: Learning rate at the end of the epoch.
        seconds: Seconds of training and validation in the whole run so far.
        best: Whether its weights are the best so far.
        mean_average_precision: Weighted mAP in validation; None for tasks with one right answer.
        pxap_by_layer: Pixel average precision of the accumulated attention; empty in runs of 0.4.0.
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
        """The measure that decides which epoch is best."""
        return figure_of_merit(self.validation_accuracy, self.mean_average_precision)


@dataclass(frozen=True, eq=False)
class Probe:
    """The network's attention to one validation image, after an epoch.

    Attributes:
        epoch: Number of the epoch, from 1; 0 before training.
        image: The image.
        query: The query.
        answer: The right answer; of several, the network's answer if it is right, else all.
        predicted: The network's answer.
        layers: Names of the attended layers.
        accumulated: The accumulated attention up to each layer.
    """

    epoch: int
    image: UInt8[np.ndarray, "S S 3"]
    query: str
    answer: str
    predicted: str
    layers: tuple[str, ...]
    accumulated: Float[np.ndarray, "L S S"]


class Validating(NamedTuple):
    """Progress of an epoch's validation.

    Attributes:
        done: Questions answered.
        total: Questions to answer.
    """

    done: int
    total: int


@dataclass(frozen=True)
class Saved:
    """Weights have been written.

    Attributes:
        path: The checkpoint.
        best: Whether it has the best weights so far.
    """

    path: Path
    best: bool


@dataclass(frozen=True)
class Finished:
    """All epochs have been trained, or early stopping has ended the run.

    Attributes:
        run: The run's folder.
        best: The checkpoint with the best weights.
        merit: The figure of merit of the best epoch.
        seconds: Seconds of training in all sessions.
    """

    run: Path
    best: Path
    merit: float
    seconds: float


class Logged(NamedTuple):
    """A line has been added to the run's log; the event that it describes follows."""

    line: str


Ending = Literal["finished", "stopped", "failed", "cut off"]
"""The end of a run: all epochs or early stopping, stopped by the user, an error, or a killed process."""

Event = Preparing | Started | Step | Validating | Epoch | Probe | Saved | Finished | Logged
