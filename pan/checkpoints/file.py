"""A trained network as one safetensors file: weights, and in its header what they were trained for and how.

Nothing pickled is loaded with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import platformdirs
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from pan.models.build import build_model
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.resources import resources_folder

FORMAT = "pan-checkpoint-1"
BEST, LAST, STATE = "best.safetensors", "last.safetensors", "state.safetensors"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A network with all that is known of it.

    Attributes:
        name: As it was given: a shipped name, a file or a run folder.
        path: Its file.
        model: The network, in evaluation mode on the CPU.
        recipe: How it was trained.
        task: What may be asked and answered.
        metrics: What was measured of it, as JSON values.
    """

    name: str
    path: Path
    model: nn.Module
    recipe: Recipe
    task: Task
    metrics: dict[str, Any]


def save_checkpoint(path: Path, model: nn.Module, recipe: Recipe, task: Task, metrics: dict[str, Any]) -> None:
    """Write a checkpoint whole.

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


def load_checkpoint(name: str) -> Checkpoint:
    """The checkpoint called `name`: a shipped one, one of the user's own, a file, or a run folder's best weights.

    Raises:
        InputError: If there is none, or the file is cut short, of another format, for another network or spoilt.
    """
    path = find_checkpoint(name)
    tensors, header = read_tensors(path)
    if header.get("format") != FORMAT:
        raise InputError(f"{path} is no checkpoint of PAN Explorer; train one with pan train.")
    try:
        recipe, task, metrics = Recipe.from_json(header["recipe"]), _task(header["task"]), header["metrics"]
    except (KeyError, TypeError) as error:
        raise InputError(f"{path} lacks a part of its header ({error}); train the network again.") from error
    model = build_model(recipe, task)
    try:
        model.load_state_dict(tensors)
    except RuntimeError as error:
        raise InputError(f"{path} holds weights of another network than its recipe {recipe.name}.") from error
    if not all(tensor.isfinite().all() for tensor in tensors.values()):
        raise InputError(f"{path} holds weights that are no numbers; train again with a lower learning_rate.")
    return Checkpoint(name, path, model.eval(), recipe, task, metrics)


def find_checkpoint(name: str) -> Path:
    """The file behind a checkpoint's name; a folder that is called as a known one is reached by `./NAME`.

    Raises:
        InputError: If there is none.
    """
    named = named_checkpoints()
    if name in named:
        return named[name]
    path = Path(name)
    if path.is_dir():
        if not (path / BEST).is_file():
            raise InputError(f"{path} holds no trained weights ({BEST}); give a run folder or a .safetensors file.")
        return path / BEST
    if path.suffix == ".safetensors":
        if not path.is_file():
            raise InputError(f"there is no checkpoint {path}.")
        return path
    raise InputError(f"there is no checkpoint “{name}”; give a .safetensors file, a run folder "
                     f"or one of {', '.join(named) or '(none is installed)'}.")


def named_checkpoints() -> dict[str, Path]:
    """The files of all checkpoints that have a name of their own."""
    return shipped_checkpoints() | imported_checkpoints()


def shipped_checkpoints() -> dict[str, Path]:
    """The files of the checkpoints that come with the program, by name."""
    folder = resources_folder() / "checkpoints"
    files = sorted(folder.glob("*/*.safetensors"))
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in files}


def checkpoints_folder() -> Path:
    """Where the user's own checkpoints are kept; the file NAME.safetensors in it is called NAME."""
    return platformdirs.user_data_path("pan-explorer", appauthor=False) / "checkpoints"


def imported_checkpoints() -> dict[str, Path]:
    """The files of the user's own checkpoints, by name."""
    files = checkpoints_folder().glob("[!.]*.safetensors")
    return dict(sorted((path.stem, path) for path in files))


def read_header(path: Path) -> dict[str, Any]:
    """What a checkpoint's header says, without its weights.

    Raises:
        InputError: If it is no checkpoint.
    """
    with _opened(path) as file:
        return _header(file)


def write_tensors(path: Path, tensors: dict[str, Tensor], header: dict[str, Any]) -> None:
    """One safetensors file, its header as JSON.

    Raises:
        InputError: If the file cannot be written.
    """
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}

    def write(beside: Path) -> None:
        try:
            save_file(plain, beside, metadata={"pan": json.dumps(header)})
        except SafetensorError as error:
            raise OSError(str(error)) from error

    write_whole(path, write)


def read_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors and the header that `write_tensors` wrote.

    Raises:
        InputError: If the file is missing, cut short, or not one of ours.
    """
    with _opened(path) as file:
        return {name: file.get_tensor(name) for name in file.keys()}, _header(file)  # noqa: SIM118 - not a dict


def _header(file: Any) -> dict[str, Any]:  # noqa: ANN401 - safetensors gives its files no type
    header = json.loads((file.metadata() or {})["pan"])
    if not isinstance(header, dict):
        raise KeyError("pan")  # as where there is none
    return header


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with safe_open(path, framework="pt") as file:
            yield file
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}.") from error
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise InputError(f"{path} cannot be read as a checkpoint; it is cut short or of another format.") from error


def take_weights(model: nn.Module, start: Checkpoint) -> tuple[int, int]:
    """Copy the weights whose names and shapes agree; returns how many tensors were taken, and of how many."""
    own, theirs = model.state_dict(), start.model.state_dict()
    agreeing = {name: theirs[name] for name in own if name in theirs and own[name].shape == theirs[name].shape}
    with torch.no_grad():
        for name, tensor in agreeing.items():
            own[name].copy_(tensor)
    return len(agreeing), len(own)


def _task(values: dict[str, Any]) -> Task:
    several = values.get("several", False)  # checkpoints of the digits' first days do not say
    return Task(values["image_size"], tuple(values["queries"]), tuple(values["answers"]), several)
