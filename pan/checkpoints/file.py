"""A checkpoint: one safetensors file with the weights, and recipe, task and metrics as JSON in its header.

Nothing is pickled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs
import torch
from torch import nn

from pan.checkpoints.measures import checked_metrics
from pan.checkpoints.tensors import TensorFile, opened, write_tensors
from pan.models.build import assemble
from pan.models.network import Network
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.system.device import choose_device
from pan.system.errors import InputError
from pan.system.json_file import Plain, as_kind
from pan.system.names import is_file, is_folder
from pan.system.resources import resources_folder

FORMAT = "pan-checkpoint-1"
BEST, LAST, STATE = "best.safetensors", "last.safetensors", "state.safetensors"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A loaded checkpoint.

    Attributes:
        name: As the caller gave it: a shipped name, a file or a run folder.
        path: The file.
        model: The network, in evaluation mode on the CPU.
        recipe: The recipe of its training.
        task: Its queries, answers and image size.
        metrics: Its measures, as JSON values.
    """

    name: str
    path: Path
    model: Network
    recipe: Recipe
    task: Task
    metrics: dict[str, Any]


class Header(NamedTuple):
    """The header of a checkpoint file.

    Attributes:
        recipe: The recipe of its training.
        task: Its queries, answers and image size.
        metrics: Its measures, as JSON values of the types in `Metrics`.
    """

    recipe: Recipe
    task: Task
    metrics: dict[str, Any]


def save_checkpoint(path: Path, model: nn.Module, recipe: Recipe, task: Task, metrics: dict[str, Any]) -> None:
    """Write a checkpoint file atomically.

    Raises:
        InputError: If the file cannot be written.
    """
    header = {
        "format": FORMAT,
        "recipe": recipe.to_json(),
        "task": asdict(task),
        "metrics": metrics,
        "versions": {name: metadata.version(name) for name in ("pan-explorer", "torch")},
    }
    write_tensors(path, model.state_dict(), header)


def load_all(names: Sequence[str], device: str) -> list[Checkpoint]:
    """Load checkpoints and move their networks to a device.

    Args:
        names: Names that `load_checkpoint` accepts.
        device: A name that `choose_device` accepts.

    Raises:
        InputError: If there is no such device, or a checkpoint cannot be loaded.
    """
    chosen = choose_device(device)
    checkpoints = [load_checkpoint(name) for name in names]
    for checkpoint in checkpoints:
        checkpoint.model.to(chosen)
    return checkpoints


def load_checkpoint(name: str) -> Checkpoint:
    """Load a checkpoint.

    Args:
        name: A shipped or imported checkpoint, a file, or a run folder (its best weights).

    Raises:
        InputError: If there is none, or the file is truncated, of another format, for another network, or holds
            weights that are not finite.
    """
    path = find_checkpoint(name)
    with opened(path) as file:
        header = _header(path, file.header)
        _check_fit(path, file, header)
        tensors = file.read()
    if not all(tensor.isfinite().all() for tensor in tensors.values()):
        raise InputError(f"{path} holds weights that are not finite; train again with a lower learning_rate.")
    model = assemble(header.recipe, header.task).to(memory_format=torch.channels_last)
    model.load_state_dict(tensors)
    return Checkpoint(name, path, model.eval(), header.recipe, header.task, header.metrics)


def _check_fit(path: Path, file: TensorFile, header: Header) -> None:
    """Compare the shapes of the weights with those of the network, before memory is allocated for either."""
    with torch.device("meta"):
        own = assemble(header.recipe, header.task).state_dict()
    if own.keys() != file.types.keys() or not all(file.types[name].fits(own[name]) for name in own):
        raise InputError(f"{path} holds weights of another network than its recipe {header.recipe.name}.")


def find_checkpoint(name: str) -> Path:
    """The file of a checkpoint. A folder with the name of a known checkpoint is given as `./NAME`.

    Raises:
        InputError: If there is none.
    """
    named = named_checkpoints()
    if name in named:
        return named[name]
    path = Path(name)
    if is_folder(path):
        if not is_file(path / BEST):
            raise InputError(f"{path} holds no trained weights ({BEST}); give a run folder or a .safetensors file.")
        return path / BEST
    if path.suffix == ".safetensors":
        if not is_file(path):
            raise InputError(f"there is no checkpoint {path}.")
        return path
    raise InputError(f"there is no checkpoint “{name}”; give a .safetensors file, a run folder "
                     f"or one of {', '.join(named) or '(none is installed)'}.")


def named_checkpoints() -> dict[str, Path]:
    """The files of the shipped and imported checkpoints, by name."""
    return shipped_checkpoints() | imported_checkpoints()


def shipped_checkpoints() -> dict[str, Path]:
    """The files of the checkpoints that come with the program, by name."""
    folder = resources_folder() / "checkpoints"
    files = sorted(folder.glob("*/*.safetensors"))
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in files}


def checkpoints_folder() -> Path:
    """The folder of the imported checkpoints; the file NAME.safetensors in it has the name NAME."""
    return platformdirs.user_data_path("pan-explorer", appauthor=False) / "checkpoints"


def imported_checkpoints() -> dict[str, Path]:
    """The files of the imported checkpoints, by name."""
    files = checkpoints_folder().glob("[!.]*.safetensors")
    return dict(sorted((path.stem, path) for path in files))


def read_header(path: Path) -> Header:
    """Read the header of a checkpoint, without the weights.

    Raises:
        InputError: If the file is not a checkpoint.
    """
    with opened(path) as file:
        return _header(path, file.header)


def _header(path: Path, values: Plain) -> Header:
    if values.get("format") != FORMAT:
        raise InputError(f"{path} is not a checkpoint of PAN Explorer; train one with pan train.")
    try:
        recipe, task = Recipe.from_json(values["recipe"]), as_kind(values["task"], Task)
        metrics = checked_metrics(values["metrics"])
    except (KeyError, ValueError, InputError) as error:
        raise InputError(f"{path} has a damaged header ({error}); train the network again.") from error
    return Header(recipe, task, metrics)


def take_weights(model: nn.Module, start: Checkpoint) -> tuple[int, int]:
    """Copy the tensors whose names and shapes agree; returns how many were copied, and how many the model has."""
    own, theirs = model.state_dict(), start.model.state_dict()
    agreeing = {name: theirs[name] for name in own if name in theirs and own[name].shape == theirs[name].shape}
    with torch.no_grad():
        for name, tensor in agreeing.items():
            own[name].copy_(tensor)
    return len(agreeing), len(own)
