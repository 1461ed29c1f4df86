"""The record of a study's training, as one JSON file.

A record has the keys `format`, `study`, `variant`, `says`, `after` (as in `Trial`), `recipe`, `test` (`scenes` and
`seed` of the test scenes), `seconds` (of training) and `evaluation` (an object of `pan evaluate --json`). The records
that come with the program are in `resources/results`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypedDict

from pan.checkpoints.measures import Interval, Open, Share, checked_measures
from pan.recipes.recipe import Recipe, grouped
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.json_file import as_kind, read_json
from pan.system.resources import resources_folder

FORMAT = "pan-record-1"
RESULTS = resources_folder() / "results"


class Scenes(TypedDict):
    """The test scenes."""

    scenes: int
    seed: int


class TabledMeasures(TypedDict):
    """The measures that tables of studies need."""

    accuracy: float
    accuracy_interval: Interval
    tpr: Share
    tpr_accumulated: Share
    tpr_by_layer: list[Share] | None
    open_by_layer: list[Open] | None


@dataclass(frozen=True, eq=False)
class Record:
    """One training of a study, with its evaluation.

    Attributes:
        study: The study.
        variant: The name of the variant.
        says: A description of the variant.
        after: Name of the trial whose weights it started from; empty for none.
        recipe: The recipe.
        test: Number and seed of the test scenes.
        seconds: Time of training and validation.
        evaluation: The measures on the test scenes, with the keys of `pan evaluate --json`.
    """

    study: str
    variant: str
    says: str
    after: str
    recipe: Recipe
    test: Scenes
    seconds: float
    evaluation: Mapping[str, Any]

    def save(self, path: Path) -> None:
        """Write the record atomically.

        Raises:
            InputError: If it cannot be written.
        """
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        text = json.dumps({"format": FORMAT, **values, "recipe": self.recipe.to_json()}, indent=1, allow_nan=False)
        write_whole(path, lambda beside: beside.write_text(text + "\n", encoding="utf-8"))


def read_record(path: Path) -> Record:
    """The record that `Record.save` wrote.

    Raises:
        InputError: If the file is not a record.
    """
    try:
        values = read_json(path, dict)
        record = as_kind({**values, "recipe": grouped(values.get("recipe"))}, Record)
        as_kind(checked_measures(record.evaluation), TabledMeasures)
    except (OSError, ValueError, InputError) as error:
        raise InputError(f"{path} is not a record of a study ({error}); pan study writes them.") from error
    return record


def read_records(folder: Path) -> list[Record]:
    """All records of a folder, sorted by name; none if there is no such folder. Other files are ignored.

    Raises:
        InputError: If one of its JSON files is not a record.
    """
    return [read_record(path) for path in sorted(folder.glob("*.json"))]
