"""What a run goes on from: weights, the optimiser's moments, and how far it has come."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn, optim

from pan.checkpoints.file import STATE
from pan.checkpoints.tensors import opened, write_tensors
from pan.system.errors import InputError
from pan.system.json_file import as_kind
from pan.training.runs.folder import RECIPE

STATE_FORMAT = "pan-state-1"
WEIGHT, MOMENT = "model.", "optimizer."
"""What the names of tensors in a state begin with."""
STEP = "step"
MOMENTS = ("exp_avg", "exp_avg_sq", STEP)
"""What AdamW keeps of a weight; the first two have its shape."""


@dataclass
class Progress:
    """Where a run stands; all that resuming needs besides the weights and the optimiser's moments.

    Attributes:
        step: Steps done.
        loss_sum: Sum of the losses of the running epoch's steps.
        right: Right answers in the running epoch.
        seconds: Seconds trained and validated in all sessions, pauses left out.
        best: Best figure of merit in validation so far.
        epochs_without_better: Epochs done since then.
    """

    step: int = 0
    loss_sum: float = 0.0
    right: float = 0.0
    seconds: float = 0.0
    best: float = -1.0
    epochs_without_better: int = 0

    def __post_init__(self) -> None:
        if self.step < 0 or self.epochs_without_better < 0 or not math.isfinite(self.seconds):
            raise ValueError("no run has come so far")


def save_state(run: Path, model: nn.Module, optimizer: optim.Optimizer, progress: Progress) -> None:
    """Write what resuming needs.

    Raises:
        InputError: If it cannot be written.
    """
    tensors = {f"{WEIGHT}{name}": tensor for name, tensor in model.state_dict().items()}
    for number, moments in optimizer.state_dict()["state"].items():
        tensors |= {f"{MOMENT}{number}.{name}": tensor for name, tensor in moments.items()}
    write_tensors(run / STATE, tensors, {"format": STATE_FORMAT, "progress": asdict(progress)})


def restore_state(run: Path, model: nn.Module, optimizer: optim.Optimizer) -> Progress:
    """Put model and optimiser back to where the run stands; a run killed before its first state begins anew.

    Raises:
        InputError: If the state is damaged or of another network.
    """
    if not (run / STATE).exists():
        return Progress()
    with opened(run / STATE) as file:
        try:
            progress = as_kind(file.header.get("progress"), Progress)
        except ValueError as error:
            raise InputError(f"{run / STATE} is damaged ({error}); begin the run again.") from error
        expected = _expected(model, optimizer)
        if not all(name in expected and kind.fits(expected[name]) for name, kind in file.kinds.items()):
            raise InputError(f"{run / STATE} is the state of another network than its {RECIPE}.")
        tensors = file.read()
    states: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        if name.startswith(MOMENT):
            _, number, key = name.split(".")
            states.setdefault(int(number), {})[key] = tensor
    weights = {name.removeprefix(WEIGHT): tensor for name, tensor in tensors.items() if name.startswith(WEIGHT)}
    if weights.keys() != model.state_dict().keys() or any(len(each) != len(MOMENTS) for each in states.values()):
        raise InputError(f"{run / STATE} lacks a part of the state; begin the run again.")
    model.load_state_dict(weights)
    optimizer.load_state_dict({**optimizer.state_dict(), "state": states})
    _lay_out_as_weights(optimizer)
    return progress


def _expected(model: nn.Module, optimizer: optim.Optimizer) -> dict[str, Tensor]:
    """By their names in a state, tensors such as its weights and moments are.

    What does not fit must not reach a fused optimiser: it does not look, and reads beyond the memory of what is small.
    """
    weights = {f"{WEIGHT}{name}": tensor for name, tensor in model.state_dict().items()}
    parameters = [each for group in optimizer.param_groups for each in group["params"]]
    return weights | {
        f"{MOMENT}{number}.{name}": torch.zeros(()) if name == STEP else weight
        for number, weight in enumerate(parameters) for name in MOMENTS
    }  # fmt: skip


def _lay_out_as_weights(optimizer: optim.Optimizer) -> None:
    """A fused optimiser goes through weights and moments as they lie in memory; in files all lie in the same order."""
    for weight, moments in optimizer.state.items():
        for name, moment in moments.items():
            if moment.shape == weight.shape:
                moments[name] = torch.empty_like(weight, requires_grad=False).copy_(moment)
