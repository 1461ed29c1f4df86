"""The choices of the training panel: recipes, devices and past runs, read in the background."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pan.benchmark.estimate import trained_as_fast
from pan.data.sources import Sources
from pan.recipes.own import OWN_PRESETS, own_recipe
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError
from pan.training.events import Ending, Epoch

PRESETS = ("quick", "standard", "paper")
DEFAULT_NAME = re.compile(r"-\d{8}-\d{6}(-\d+)?$")
"""The end of a default folder name of a run: date and time."""


Recipes = Mapping[tuple[str, str], Recipe]
"""Recipes by name and preset, in the order of the panel."""


class DeviceChoice(NamedTuple):
    """A device: its name for torch, and its title in the panel."""

    name: str
    title: str


@dataclass(frozen=True)
class PastRun:
    """A run folder.

    Attributes:
        path: The folder.
        recipe: The recipe.
        epochs: The completed epochs.
        device: The device of the last session; empty if unknown.
        began: The begin of the run, in seconds since 1970.
        ending: How the run ended, from its status file.
        sources: The places of its data.
        missing: The names of those that the run reads and that are not there.
        last_line: The last line of its log.
    """

    path: Path
    recipe: Recipe
    epochs: tuple[Epoch, ...]
    device: str
    began: float
    ending: Ending
    sources: Sources
    missing: tuple[str, ...] = ()
    last_line: str = ""

    @property
    def resumable(self) -> bool:
        """Whether the run is unfinished."""
        return self.ending != "finished"

    @property
    def title(self) -> str:
        """The folder's name, or for a default name the recipe and its preset."""
        made = DEFAULT_NAME.search(self.path.name)
        return f"{self.recipe.name} {self.recipe.preset}" if made else self.path.name

    @property
    def best(self) -> float | None:
        """The figure of merit of the best epoch; None before the first."""
        return max((epoch.merit for epoch in self.epochs), default=None)

    @property
    def questions_per_second(self) -> float | None:
        """Training speed; None before the first epoch."""
        if not self.epochs or self.epochs[-1].seconds <= 0:
            return None
        last = self.epochs[-1]
        return last.epoch * self.recipe.steps_per_epoch * self.recipe.data.batch_questions / last.seconds


@dataclass(frozen=True)
class Choices:
    """The choices of the training panel.

    Attributes:
        recipes: The recipes for drawn scenes.
        devices: The devices; the first one is that of `auto`.
        runs: The user's runs, newest first.
    """

    recipes: Recipes
    devices: tuple[DeviceChoice, ...]
    runs: tuple[PastRun, ...]

    def estimate(self, recipe: Recipe, device: str) -> float | None:
        """Estimated seconds of training, from the last run of a similar network on the device; None without one."""
        places = (device, "") if len(self.devices) == 1 else (device,)
        for run in self.runs:
            alike = run.device in places and trained_as_fast(run.recipe, recipe)
            if alike and run.questions_per_second:
                return recipe.optimization.questions / run.questions_per_second
        return None


class OwnChoices(NamedTuple):
    """The choices for training on a user's set.

    Attributes:
        recipes: The recipes of all suitable networks.
        remarks: Remarks on the set's words, as sentences.
    """

    recipes: Recipes
    remarks: tuple[str, ...]


def gather_own(data: Path) -> Generator[OwnChoices, None, None]:
    """Make the choices for a set; one event.

    Raises:
        InputError: If the set cannot be read.
    """
    from pan.data.check import about_words, read_rows
    from pan.data.own_set import own_set_of  # these read files, for which the window does not wait

    rows = read_rows(data)
    own = own_set_of(data, rows)
    recipes = (own_recipe(model, own, preset) for model in own.models for preset in OWN_PRESETS)
    yield OwnChoices({(recipe.name, recipe.preset): recipe for recipe in recipes}, tuple(about_words(rows)))


def gather_choices() -> Generator[Choices, None, None]:
    """Read the choices; one event."""
    from pan.recipes.by_name import RECIPES, find_recipe
    from pan.system.device import list_devices  # these bring torch, for which the window does not wait
    from pan.training.runs.known import known_runs

    recipes = {(name, preset): find_recipe(name, preset) for name in RECIPES for preset in PRESETS}
    devices = tuple(
        DeviceChoice(device.name, device.title + (f", {device.memory / 2**30:.0f} GB" if device.memory else ""))
        for device in list_devices()
    )
    yield Choices(recipes, devices, _past_runs(known_runs()))


def _past_runs(folders: Iterable[Path]) -> tuple[PastRun, ...]:
    runs = [run for path in folders if (run := _past_run(path))]
    return tuple(sorted(runs, key=lambda run: run.began, reverse=True))


def _past_run(path: Path) -> PastRun | None:
    from pan.training.runs.folder import RECIPE, read_metrics, read_run
    from pan.training.runs.log import read_log
    from pan.training.runs.status import read_ending, trained_on

    try:
        recipe, sources = read_run(path)
        epochs = read_metrics(path)
        began = (path / RECIPE).stat().st_mtime
    except (InputError, OSError):
        return None  # a damaged run is not listed
    ending = "finished" if len(epochs) == recipe.epochs else read_ending(path)
    missing, last_line = sources.missing(recipe.kind), (read_log(path) or ("",))[-1]
    return PastRun(path, recipe, epochs, trained_on(path), began, ending, sources, missing, last_line)
