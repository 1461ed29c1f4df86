"""The saved state of a run for resuming: weights, the optimiser's moments, and progress."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn, optim

from pan.checkpoints.file import STATE
from pan.checkpoints.tensors import opened, write_tensors
from pan.recipes.ranges import MOST
from pan.system.errors import InputError
from pan.system.json_file import as_kind
from pan.training.runs.folder import RECIPE

STATE_FORMAT = "pan-state-1"
WEIGHT, MOMENT = "model.", "optimizer."
"""Prefixes of the names of tensors in a state."""
STEP = "step"
MOMENTS: dict[type[optim.Optimizer], tuple[str, ...]] = {
    optim.AdamW: ("exp_avg", "exp_avg_sq", STEP),
    optim.RMSprop: ("square_avg", STEP),
}
"""The moments that an optimiser stores for a weight; all except the number of steps have its shape."""


@dataclass
class Progress:
    """The progress of a run: its state apart from weights and moments.

    Attributes:
        step: Steps done.
        loss_sum: Sum of the losses in the current epoch.
        right: Number of right answers in the current epoch.
        seconds: Seconds of training and validation in all sessions, without pauses.
        best: Best figure of merit in validation so far.
        epochs_without_better: Epochs since the last improvement.
    """

    step: int = 0
    loss_sum: float = 0.0
    right: float = 0.0
    seconds: float = 0.0
    best: float = -1.0
    epochs_without_better: int = 0

    def __post_init__(self) -> None:
        counts = self.step, self.epochs_without_better
        if min(counts) < 0 or max(counts) > MOST or not math.isfinite(self.seconds):
            raise ValueError("no run has come so far")


def save_state(run: Path, model: nn.Module, optimizer: optim.Optimizer, progress: Progress) -> None:
    """Write the state.

    Raises:
        InputError: If it cannot be written.
    """
    tensors = {f"{WEIGHT}{name}": tensor for name, tensor in model.state_dict().items()}
    for name, weight in model.named_parameters():
        tensors |= {f"{MOMENT}{name}.{moment}": tensor for moment, tensor in optimizer.state[weight].items()}
    write_tensors(run / STATE, tensors, {"format": STATE_FORMAT, "progress": asdict(progress)})


def restore_state(run: Path, model: nn.Module, optimizer: optim.Optimizer) -> Progress:
    """Load the saved state into a network and its optimiser; without a saved state the run starts from the beginning.

    Raises:
        InputError: If the state is damaged or belongs to another network.
    """
    if not (run / STATE).exists():
        return Progress()
    with opened(run / STATE) as file:
        try:
            progress = as_kind(file.header.get("progress"), Progress)
        except ValueError as error:
            raise InputError(f"{run / STATE} is damaged ({error}); begin the run again.") from error
        expected = _expected(model, optimizer)
        former = _former_names(model, optimizer)
        types = {former.get(name, name): each for name, each in file.types.items()}
        if not all(name in expected and each.fits(expected[name]) for name, each in types.items()):
            raise InputError(f"{run / STATE} is the state of another network than its {RECIPE}.")
        tensors = {former.get(name, name): tensor for name, tensor in file.read().items()}
    if tensors.keys() != expected.keys():
        raise InputError(f"{run / STATE} lacks a part of the state; begin the run again.")
    model.load_state_dict({name: tensors[f"{WEIGHT}{name}"] for name in model.state_dict()})
    names = {weight: name for name, weight in model.named_parameters()}
    kept = [names[weight] for group in optimizer.param_groups for weight in group["params"]]
    moments = MOMENTS[type(optimizer)]
    states = {number: {moment: tensors[f"{MOMENT}{name}.{moment}"] for moment in moments}
              for number, name in enumerate(kept)}  # fmt: skip
    optimizer.load_state_dict({**optimizer.state_dict(), "state": states})
    _lay_out_as_weights(optimizer)
    return progress


def _expected(model: nn.Module, optimizer: optim.Optimizer) -> dict[str, Tensor]:
    """Tensors with the shapes and types that a state must have, by name.

    Shapes are checked here because a fused optimiser does not check them and reads beyond a tensor that is too small.
    """
    weights = {f"{WEIGHT}{name}": tensor for name, tensor in model.state_dict().items()}
    return weights | {
        f"{MOMENT}{name}.{moment}": torch.zeros(()) if moment == STEP else weight
        for name, weight in model.named_parameters() for moment in MOMENTS[type(optimizer)]
    }  # fmt: skip


def _former_names(model: nn.Module, optimizer: optim.Optimizer) -> dict[str, str]:
    """Names of moments by their names before 0.5: numbers, those of weights with a smaller learning rate last."""
    slow = {id(weight) for group in optimizer.param_groups if group["share"] != 1 for weight in group["params"]}
    named = sorted(model.named_parameters(), key=lambda each: id(each[1]) in slow)
    return {
        f"{MOMENT}{number}.{moment}": f"{MOMENT}{name}.{moment}"
        for number, (name, _) in enumerate(named) for moment in MOMENTS[type(optimizer)]
    }  # fmt: skip


def _lay_out_as_weights(optimizer: optim.Optimizer) -> None:
    """Give moments the memory layout of their weights, which a fused optimiser needs; files are contiguous."""
    for weight, moments in optimizer.state.items():
        for name, moment in moments.items():
            if moment.shape == weight.shape:
                moments[name] = torch.empty_like(weight, requires_grad=False).copy_(moment)
