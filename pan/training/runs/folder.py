"""A run as a folder: recipe.json, metrics.csv, best and last weights, and the state it resumes from."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

import platformdirs
import torch
from torch import Tensor, nn, optim

from pan.checkpoints.file import STATE
from pan.checkpoints.tensors import opened, write_tensors
from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError
from pan.system.files import cannot_write, write_whole
from pan.system.json_file import Plain, as_kind, read_json
from pan.training.events import Epoch

RECIPE, METRICS, LOG = "recipe.json", "metrics.csv", "log.txt"
STATE_FORMAT = "pan-state-1"
WEIGHT, MOMENT = "model.", "optimizer."
"""What the names of tensors in a state begin with."""
STEP = "step"
MOMENTS = ("exp_avg", "exp_avg_sq", STEP)
"""What AdamW keeps of a weight; the first two have its shape."""


def runs_folder() -> Path:
    """Where runs go that are not told where."""
    return platformdirs.user_data_path("pan-explorer", appauthor=False) / "runs"


def new_run(recipe: Recipe) -> Path:
    """A folder name for a run that begins now."""
    return runs_folder() / f"{recipe.kind}-{recipe.model}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"


def create_run(run: Path, recipe: Recipe, sources: Sources) -> None:
    """Make the folder and write down what will be done in it.

    Raises:
        InputError: If there is a run already or the folder cannot be written.
    """
    if (run / RECIPE).exists():
        raise InputError(f"{run} holds a run already; go on with it by --resume {run}, or give another folder.")
    paths = {field.name: str(path.absolute()) if (path := getattr(sources, field.name)) else None
             for field in fields(sources)}
    text = json.dumps({"recipe": recipe.to_json(), "sources": paths}, indent=2)
    write_whole(run / RECIPE, lambda beside: beside.write_text(text + "\n", encoding="utf-8"))


def read_run(run: Path) -> tuple[Recipe, Sources]:
    """What is done in a run.

    Raises:
        InputError: If the folder is no run.
    """
    try:
        begun = read_json(run / RECIPE, Begun)
        recipe = Recipe.from_json(begun.recipe)
    except (OSError, ValueError, InputError) as error:
        raise InputError(f"{run} is no run that can be resumed; it has no readable {RECIPE} ({error}).") from error
    sources = {name: Path(path) if path else None for name, path in begun.sources.items()}
    return recipe, Sources(**{field.name: sources.get(field.name) for field in fields(Sources)})


@dataclass(frozen=True)
class Begun:
    """What `recipe.json` holds.

    Attributes:
        recipe: The recipe's fields.
        sources: Paths by the fields of `Sources`; null where nothing was given.
    """

    recipe: Plain
    sources: dict[str, str | None]


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


def append_epoch(run: Path, epoch: Epoch) -> None:
    """Add a line to metrics.csv, on disk when this returns.

    Raises:
        InputError: If it cannot be written.
    """
    try:
        _write_epochs(run / METRICS, "a", [epoch])
    except OSError as error:
        raise cannot_write(run / METRICS, error) from error


def read_metrics(run: Path) -> tuple[Epoch, ...]:
    """The epochs in metrics.csv; a line that a crash cut short or filled with other bytes is left out."""
    path = run / METRICS
    if not path.exists():
        return ()
    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        epochs = [_epoch(row) for row in csv.DictReader(file)]
    return tuple(epoch for epoch in epochs if epoch is not None)


def keep_epochs(run: Path, epochs: Sequence[Epoch]) -> None:
    """Leave only these epochs in metrics.csv: those done before the state that is resumed.

    Raises:
        InputError: If it cannot be written.
    """
    write_whole(run / METRICS, lambda beside: _write_epochs(beside, "w", epochs))


def _write_epochs(path: Path, mode: str, epochs: Sequence[Epoch]) -> None:
    with path.open(mode, newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if file.tell() == 0:
            writer.writerow(field.name for field in fields(Epoch))
        writer.writerows([_cell(value) for value in asdict(epoch).values()] for epoch in epochs)


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, tuple) else value


def _epoch(row: dict[str, str]) -> Epoch | None:
    try:
        return Epoch(**{name: PARSERS[name](cell) for name, cell in row.items()})  # type: ignore[arg-type]
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def _layers(cell: str) -> tuple[float, ...]:
    return tuple(map(float, cell.split()))


PARSERS: dict[str, Callable[[str], object]] = {field.name: float for field in fields(Epoch)} | {
    "epoch": int,
    "epochs": int,
    "accuracy_by_layer": _layers,
    "tpr_by_layer": _layers,
    "best": "True".__eq__,
    "mean_average_precision": lambda cell: float(cell) if cell else None,
}
"""How a cell of metrics.csv becomes a value, by its column."""
