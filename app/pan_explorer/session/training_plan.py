"""The choices for the next training: recipe, data and device."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan_explorer.background.latest_job import LatestJob
from pan_explorer.background.training_choices import (
    PRESETS,
    Choices,
    DeviceChoice,
    OwnChoices,
    Recipes,
    gather_own,
)


class TrainingPlan(QObject):
    """Holds the choices. The recipes for a user's set are made in the background.

    Args:
        parent: Owner; it must call `close`.

    Attributes:
        choices: Recipes, devices and runs; None until they have been read.
        sources: The data.
        device: The device.
        name: The name of the chosen recipe.
        preset: The preset of the chosen recipe.
        recipe: The chosen recipe, perhaps with changed fields; None until the recipes for the data are known.
        problem: The reason why the user's set cannot be used, as a sentence; otherwise empty.
    """

    changed = Signal()
    chosen = Signal()  # by the user, or because another set was opened

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices: Choices | None = None
        self.sources = Sources()
        self.device = DeviceChoice("auto", "auto")
        self.name, self.preset = "", PRESETS[0]
        self.recipe: Recipe | None = None
        self.problem = ""
        self._own: OwnChoices | None = None
        self._recipe_before: Recipe | None = None  # the choice before the user's set was chosen
        self._proposed: Path | None = None
        self._looks = LatestJob(self)
        self._looks.found.connect(self._offer_own)
        self._looks.failed.connect(self._refuse)

    @property
    def recipes(self) -> Recipes:
        """The unchanged recipes for the data; empty until they are known."""
        if self.sources.data is None:
            return self.choices.recipes if self.choices else {}
        return self._own.recipes if self._own else {}

    @property
    def names(self) -> list[str]:
        """The names of these recipes."""
        return list(dict.fromkeys(name for name, _ in self.recipes))

    @property
    def presets(self) -> set[str]:
        """The presets of these recipes; all presets until recipes are known."""
        return {preset for _, preset in self.recipes} or set(PRESETS)

    @property
    def base(self) -> Recipe | None:
        """The chosen recipe without changed fields."""
        return self.recipes.get((self.name, self.preset))

    @property
    def variants(self) -> dict[str, Recipe]:
        """The recipe by preset: the chosen preset first, with its changed fields."""
        if self.recipe is None:
            return {}
        named = {preset: recipe for (name, preset), recipe in self.recipes.items() if name == self.name}
        return {self.preset: self.recipe} | named | {self.preset: self.recipe}

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on the user's set, as sentences."""
        return self._own.remarks if self._own else ()

    def offer(self, choices: Choices) -> None:
        """Set the choices; present choices stay if possible."""
        self.choices = choices
        if self.device not in choices.devices:
            self.device = choices.devices[0]
        self._settle()

    def choose(self, name: str, preset: str) -> None:
        """Choose an unchanged recipe; an unknown one is ignored."""
        if recipe := self.recipes.get((name, preset)):
            self.name, self.preset = name, preset
            self.change(recipe)

    def change(self, recipe: Recipe) -> None:
        """Replace the chosen recipe by one with changed fields; that of another network or set is ignored."""
        if self.base is None or (recipe.name, recipe.preset) != (self.name, self.preset):
            return
        self.recipe = recipe
        self.chosen.emit()
        self.changed.emit()

    def choose_device(self, device: DeviceChoice) -> None:
        """Choose the device."""
        self.device = device
        self.changed.emit()

    @Slot(object)
    def propose(self, data: Path | None) -> None:
        """Choose the opened set, or drawn scenes (None), unless the user has chosen other data."""
        if self.sources.data == self._proposed:
            self._proposed = data
            self.use(replace(self.sources, data=data, validation=None))

    def use(self, sources: Sources) -> None:
        """Choose the data."""
        if self.sources.data is None and sources.data is not None:
            self._recipe_before = self.recipe
        self.sources, self._own, self.problem = sources, None, ""
        self._look()
        self._settle()
        if sources.data is None and (before := self._recipe_before):
            self._recipe_before = None
            self.choose(before.name, before.preset)
            self.change(before)
        self.chosen.emit()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        return self._looks.close(timeout_ms)

    def _look(self) -> None:
        """Make the recipes for the user's set."""
        data = self.sources.data
        if data is None:
            self._looks.drop()
        else:
            self._looks.look_up(lambda: gather_own(data))

    def _settle(self) -> None:
        """Keep network and preset if the data have such a recipe; otherwise choose others."""
        names = self.names
        if names and self.name not in names:
            network = self.name.rpartition("/")[2]
            self.name = next((name for name in names if name.endswith(f"/{network}")), names[0])
        if self.preset not in self.presets:
            self.preset = PRESETS[0]
        if self.recipe is None or self.recipe.name != self.name or not names:
            self.recipe = self.base
        self.changed.emit()

    @Slot(object)
    def _offer_own(self, own: OwnChoices) -> None:
        self._own = own
        self._settle()

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self.problem = sentence
        self.changed.emit()
