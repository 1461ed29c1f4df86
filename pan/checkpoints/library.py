"""The library of trained networks: shipped checkpoints, imported ones, and runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pan.checkpoints.file import (
    BEST,
    checkpoints_folder,
    find_checkpoint,
    imported_checkpoints,
    load_checkpoint,
    read_header,
    shipped_checkpoints,
)
from pan.data.sources import Sources
from pan.recipes.by_name import find_recipe
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError
from pan.system.files import cannot_write, write_whole
from pan.system.lock import is_in_use
from pan.training.runs.folder import RECIPE, read_run
from pan.training.runs.known import known_runs, remember_run

Origin = Literal["shipped", "imported", "run"]
FORBIDDEN = '/\\:*?"<>|'
"""Characters that a file name must not have on some system."""


@dataclass(frozen=True)
class Entry:
    """A trained network, or a run without weights yet.

    Attributes:
        name: The name that CHECKPOINT arguments accept.
        title: Its name in a list.
        origin: Whether it is shipped, imported or a run.
        path: Its file, or the run's folder.
        recipe: The recipe of its training.
        base: The unchanged recipe of the same name and preset; None if there is none.
        metrics: Its measures, as JSON values.
        sources: The data sources of a run; None for a file, which does not hold them.
        size: Bytes on disk.
        changed: Modification time, in seconds since 1970.
        trained: Whether it has weights.
    """

    name: str
    title: str
    origin: Origin
    path: Path
    recipe: Recipe
    base: Recipe | None
    metrics: dict[str, Any]
    sources: Sources | None
    size: int
    changed: float
    trained: bool = True


def list_entries() -> tuple[Entry, ...]:
    """Shipped entries by name, imported ones by name, then runs, newest first. Unreadable ones are left out."""
    runs = [entry for run in known_runs() for entry in _run(run)]
    return (
        *(entry for name, path in shipped_checkpoints().items() for entry in _file(name, "shipped", path)),
        *(entry for name, path in imported_checkpoints().items() for entry in _file(name, "imported", path)),
        *sorted(runs, key=lambda run: run.changed, reverse=True),
    )


def import_checkpoint(source: Path, name: str = "") -> str:
    """Copy a checkpoint file or a run's best weights into the library; returns its new name.

    Args:
        source: A .safetensors file or a run's folder.
        name: The new name; empty for the source's name, with a number if that is taken.

    Raises:
        InputError: If the source is not a usable checkpoint, or the name is taken or not valid.
    """
    file = load_checkpoint(str(source.absolute())).path
    name = name or _free_name(source.name.removesuffix(".safetensors"))
    target = _free_place(checkpoints_folder(), name, ".safetensors")
    write_whole(target, lambda beside: shutil.copyfile(file, beside))
    return name


def rename(entry: Entry, name: str) -> str:
    """Rename an imported checkpoint or a run; returns its new name.

    Raises:
        InputError: If the name is taken or not valid, or the entry is shipped or in use.
    """
    refuse_shipped(entry)
    refuse_in_use(entry)
    target = _free_place(entry.path.parent, name, "" if entry.origin == "run" else entry.path.suffix)
    try:
        entry.path.rename(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    if entry.origin != "run":
        return name
    remember_run(target)
    return str(target)


def export(entry: Entry, target: Path) -> None:
    """Copy the checkpoint file to another place.

    Raises:
        InputError: If there are no weights yet or the file cannot be written.
    """
    file = find_checkpoint(str(entry.path))
    write_whole(target, lambda beside: shutil.copyfile(file, beside))


def refuse_shipped(entry: Entry) -> None:
    """Refuse to change a shipped checkpoint.

    Raises:
        InputError: If the entry is shipped.
    """
    if entry.origin == "shipped":
        raise InputError(f"{entry.title} comes with the program and cannot be changed; export a copy.")


def refuse_in_use(entry: Entry) -> None:
    """Refuse to change a run that a process is training.

    Raises:
        InputError: If it is being trained.
    """
    if entry.origin == "run" and is_in_use(entry.path):
        raise InputError(f"{entry.title} is being trained; wait until the training has ended, or stop it.")


def _file(name: str, origin: Origin, path: Path) -> Iterator[Entry]:
    try:
        header, facts = read_header(path), path.stat()
    except (InputError, OSError):
        return
    yield Entry(name, name, origin, path, header.recipe, _base(header.recipe), header.metrics, None,
                facts.st_size, facts.st_mtime)  # fmt: skip


def _run(folder: Path) -> Iterator[Entry]:
    try:
        recipe, sources = read_run(folder)
        trained = (folder / BEST).exists()
        metrics = read_header(folder / BEST).metrics if trained else {}
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        changed = (folder / RECIPE).stat().st_mtime
    except (InputError, OSError):
        return
    yield Entry(str(folder), folder.name, "run", folder, recipe, _base(recipe), metrics, sources,
                size, changed, trained)  # fmt: skip


def _base(recipe: Recipe) -> Recipe | None:
    try:
        return find_recipe(recipe.name, recipe.preset)
    except InputError:
        return None


def _free_name(name: str) -> str:
    taken = imported_checkpoints()
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def _free_place(folder: Path, name: str, suffix: str) -> Path:
    if not name.strip() or name != name.strip() or name.startswith(".") or name.endswith(".safetensors"):
        raise InputError(f"“{name}” is not a valid name; give one without outer spaces, a leading dot or a suffix.")
    if wrong := [character for character in name if character in FORBIDDEN or not character.isprintable()]:
        raise InputError(f"“{name}” is not a valid name; leave out {' '.join(sorted(set(wrong)))}.")
    target = folder / f"{name}{suffix}"
    if target.exists():
        raise InputError(f"there is a “{name}” already; choose another name.")
    return target
