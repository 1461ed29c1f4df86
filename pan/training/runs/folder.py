"""The folder of a run: recipe.json, metrics.csv, best and last weights, and the state for resuming."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from itertools import count, islice
from pathlib import Path

import platformdirs

from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError
from pan.system.files import cannot_write, write_whole
from pan.system.json_file import Plain, read_json
from pan.system.outside import lines_of, open_text
from pan.training.events import Epoch

RECIPE, METRICS, LOG = "recipe.json", "metrics.csv", "log.txt"
MOST_EPOCHS = 1_000_000


def runs_folder() -> Path:
    """The default folder of runs."""
    return platformdirs.user_data_path("pan-explorer", appauthor=False) / "runs"


def new_run(recipe: Recipe) -> Path:
    """Make an empty folder for a new run, with a unique name.

    Raises:
        InputError: If it cannot be made.
    """
    name = f"{recipe.kind}-{recipe.model}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    for number in count(1):
        run = runs_folder() / (name if number == 1 else f"{name}-{number}")
        try:
            run.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise cannot_write(run, error) from error
        break
    return run


def create_run(run: Path, recipe: Recipe, sources: Sources) -> None:
    """Make the folder and write recipe.json.

    Raises:
        InputError: If the folder contains a run already, or cannot be written.
    """
    if (run / RECIPE).exists():
        raise InputError(f"{run} holds a run already; go on with it by --resume {run}, or give another folder.")
    write_run(run, recipe, sources)


def write_run(run: Path, recipe: Recipe, sources: Sources) -> None:
    """Write recipe.json.

    Raises:
        InputError: If it cannot be written.
    """
    paths = {field.name: str(path.absolute()) if (path := getattr(sources, field.name)) else None
             for field in fields(sources)}
    text = json.dumps({"recipe": recipe.to_json(), "sources": paths}, indent=2)
    write_whole(run / RECIPE, lambda beside: beside.write_text(text + "\n", encoding="utf-8"))


def read_run(run: Path) -> tuple[Recipe, Sources]:
    """Read recipe.json: the recipe and the data.

    Raises:
        InputError: If the folder is not a run.
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
    """The content of recipe.json.

    Attributes:
        recipe: The recipe's fields.
        sources: Paths by the fields of `Sources`; null for a default.
    """

    recipe: Plain
    sources: dict[str, str | None]


def append_epoch(run: Path, epoch: Epoch) -> None:
    """Append a line to metrics.csv.

    Raises:
        InputError: If it cannot be written.
    """
    try:
        _write_epochs(run / METRICS, "a", [epoch])
    except OSError as error:
        raise cannot_write(run / METRICS, error) from error


def read_metrics(run: Path) -> tuple[Epoch, ...]:
    """Read the epochs in metrics.csv; damaged lines are left out."""
    epochs = []
    with suppress(OSError, ValueError, csv.Error), open_text(run / METRICS, errors="replace") as file:
        for row in islice(csv.DictReader(lines_of(file)), MOST_EPOCHS):
            epochs.append(_epoch(row))  # noqa: PERF401 - those before a line that is no CSV stay
    return tuple(epoch for epoch in epochs if epoch is not None)


def keep_epochs(run: Path, epochs: Sequence[Epoch]) -> None:
    """Rewrite metrics.csv with only these epochs: those before the resumed state.

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
        epoch = Epoch(**{name: PARSERS[name](cell) for name, cell in row.items()})  # type: ignore[arg-type]
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    plausible = 1 <= epoch.epoch <= epoch.epochs <= MOST_EPOCHS and math.isfinite(epoch.seconds)
    return epoch if plausible else None


def _layers(cell: str) -> tuple[float, ...]:
    return tuple(map(float, cell.split()))


PARSERS: dict[str, Callable[[str], object]] = {field.name: float for field in fields(Epoch)} | {
    "epoch": int,
    "epochs": int,
    "accuracy_by_layer": _layers,
    "tpr_by_layer": _layers,
    "pxap_by_layer": _layers,
    "best": "True".__eq__,
    "mean_average_precision": lambda cell: float(cell) if cell else None,
}
"""Parsers for the cells of metrics.csv, by column."""
