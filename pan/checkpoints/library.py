"""All trained networks at hand: those that come with the program, the user's own, and the runs."""

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
"""What a name may not hold, so that it is a file's name on every system."""


@dataclass(frozen=True)
class Entry:
    """A trained network, or a run that has none yet.

    Attributes:
        name: What it is called as a CHECKPOINT.
        title: What it is called in a list.
        origin: Whose it is.
        path: Its file, or the run's folder.
        recipe: How it was trained.
        base: The recipe of its name and preset as it comes; None where that is not known here.
        metrics: What was measured of it, as JSON values.
        sources: Where a run's pictures come from; None for a file, which does not say.
        size: Bytes on disk.
        changed: Seconds since 1970.
        trained: Whether there are weights to look at.
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
    """Shipped ones by name, imported ones by name, runs, the newest first; what cannot be read is left out."""
    runs = [entry for run in known_runs() for entry in _run(run)]
    return (
        *(entry for name, path in shipped_checkpoints().items() for entry in _file(name, "shipped", path)),
        *(entry for name, path in imported_checkpoints().items() for entry in _file(name, "imported", path)),
        *sorted(runs, key=lambda run: run.changed, reverse=True),
    )


def import_checkpoint(source: Path, name: str = "") -> str:
    """Copy a checkpoint file or a run's best weights among the user's own; returns what it is called there.

    Args:
        source: A .safetensors file or a run's folder.
        name: What to call it; without one, as the source is called, with a number where that is taken.

    Raises:
        InputError: If it is no checkpoint that can be used, or the name is taken or no name.
    """
    file = load_checkpoint(str(source.absolute())).path
    name = name or _free_name(source.name.removesuffix(".safetensors"))
    target = _free_place(checkpoints_folder(), name, ".safetensors")
    write_whole(target, lambda beside: shutil.copyfile(file, beside))
    return name


def rename(entry: Entry, name: str) -> str:
    """Call an imported checkpoint or a run something else; returns what it is called now as a CHECKPOINT.

    Raises:
        InputError: If the name is taken or no name, or the entry comes with the program.
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
    """Copy a network's file to a place of the user's choice.

    Raises:
        InputError: If there are no weights yet or the file cannot be written.
    """
    file = find_checkpoint(str(entry.path))
    write_whole(target, lambda beside: shutil.copyfile(file, beside))


def refuse_shipped(entry: Entry) -> None:
    """What comes with the program stays as it is.

    Raises:
        InputError: If the entry does.
    """
    if entry.origin == "shipped":
        raise InputError(f"{entry.title} comes with the program and stays as it is; export a copy to change it.")


def refuse_in_use(entry: Entry) -> None:
    """A run in which a process trains stays where it is.

    Raises:
        InputError: If one does.
    """
    if entry.origin == "run" and is_in_use(entry.path):
        raise InputError(f"{entry.title} is being trained; wait until that has ended, or stop it.")


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
        raise InputError(f"“{name}” is no name; give one without spaces at its ends, a dot in front or a suffix.")
    if wrong := [character for character in name if character in FORBIDDEN or not character.isprintable()]:
        raise InputError(f"“{name}” is no name; leave out {' '.join(sorted(set(wrong)))}.")
    target = folder / f"{name}{suffix}"
    if target.exists():
        raise InputError(f"there is a “{name}” already; choose another name.")
    return target
