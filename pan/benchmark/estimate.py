"""Estimates of training time from speeds that were measured on this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from pan.recipes.recipe import Recipe
from pan.system.files import write_whole
from pan.system.json_file import as_kind, read_json

FREE = (
    "preset", "seed", "scenes", "validation_scenes", "questions", "epoch_questions", "patience", "gate_bias",
    "strictness", "covering_from", "optimizer", "schedule", "learning_rate", "weight_decay", "localization_rate",
    "clip_norm", "start", "weights", "workers",
)  # fmt: skip
"""Fields of a recipe that do not affect the time for an image or a question; all others do."""


class Speed(NamedTuple):
    """Measured times, in seconds.

    Attributes:
        image: To draw an image.
        question: To train on a question.
        validated: To validate on an image.
    """

    image: float
    question: float
    validated: float

    def seconds(self, recipe: Recipe, *, drawn: bool = True) -> float:
        """The time of a run of the recipe.

        Args:
            recipe: The recipe.
            drawn: Whether its images are drawn; those of an own set are read.
        """
        drawing = self.image * (recipe.data.scenes + recipe.data.validation_scenes) if drawn else 0.0
        return (drawing + self.question * recipe.epochs * recipe.steps_per_epoch * recipe.data.batch_questions
                + self.validated * recipe.epochs * recipe.data.validation_scenes)


def speed_key(recipe: Recipe, device: str) -> str:
    """The key of a speed in the file of speeds.

    Args:
        recipe: The recipe.
        device: The device's product name.
    """
    return json.dumps([device, _costly(recipe)], sort_keys=True)


def trained_as_fast(recipe: Recipe, other: Recipe) -> bool:
    """Whether two recipes take the same time for a question on the same device."""
    return {**_costly(recipe), "kind": ""} == {**_costly(other), "kind": ""}


def _costly(recipe: Recipe) -> dict[str, Any]:
    return {name: value for name, value in recipe.to_json().items() if name not in FREE}


def read_speeds() -> dict[str, Speed]:
    """The speeds measured on this machine; none if the file cannot be read."""
    try:
        values = read_json(_file(), dict)
        return {str(key): as_kind(each, Speed) for key, each in values.items()}
    except (OSError, ValueError):
        return {}


def keep_speeds(speeds: Mapping[str, Speed]) -> None:
    """Add speeds to the file of speeds.

    Raises:
        InputError: If the file cannot be written.
    """
    text = json.dumps({**read_speeds(), **speeds}, indent=1)
    write_whole(_file(), lambda beside: beside.write_text(text + "\n", encoding="utf-8"))


def _file() -> Path:
    return platformdirs.user_data_path("pan-explorer", appauthor=False) / "speeds.json"
