"""What to train next: recipe, preset, device, how long it will take, and Start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan_explorer.background.training_choices import PRESETS, Choices, OwnChoices, Recipes
from pan_explorer.background.training_speed import SpeedSession
from pan_explorer.background.training_survey import SurveySession
from pan_explorer.panels.training.data import DataDialog
from pan_explorer.panels.training.preset_times import PresetTimes
from pan_explorer.panels.training.recipe import RecipeDialog
from pan_explorer.panels.training.words import about, about_what, plan_lines
from pan_explorer.state.training import TrainingState
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.combo_box import combo_box
from pan_explorer.widgets.segmented import Segmented

PRESET_HELP = {
    "quick": "a look in about two minutes on two cores",
    "standard": "as good as we know",
    "paper": "the literal text of the paper",
}
MEASURE_AFTER_MS = 600
"""Until then a person is taken to be still choosing."""


class TrainingSetup(QWidget):
    """Chooses a recipe; `start_wanted` carries it with its data and the device's name."""

    start_wanted = Signal(object, object, str)  # Recipe, Sources, device
    look_wanted = Signal(object)  # Path of a set of one's own, whose recipes are wanted

    def __init__(self, speeds: SpeedSession, survey: SurveySession) -> None:
        super().__init__()
        self._speeds, self._survey = speeds, survey
        self._choices: Choices | None = None
        self._own: OwnChoices | None = None
        self._problem = ""
        self._failed = False
        self._before: Recipe | None = None  # chosen before a set of one's own was
        self._recipe: Recipe | None = None
        self.sources = Sources()
        self._proposed: Path | None = None
        self._recipes = combo_box("Recipe", "Data set and network")
        self._devices = combo_box("Device", "Where the network is trained")
        self._presets = Segmented([(preset, preset) for preset in PRESETS], name="Preset")
        for preset, text in PRESET_HELP.items():
            self._presets.button(preset).setToolTip(text)
        self._times = PresetTimes(PRESETS)
        self._presets.choose(PRESETS[0])
        self._preset = PRESETS[0]
        self._note = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._start = button("Start", "Train the network in the background", primary=True)
        self._fields = button("Fields…", "All that can be changed, and the command line that does the same")
        self._recipes.currentIndexChanged.connect(self._take_preset)
        self._devices.currentIndexChanged.connect(self._describe)
        self._presets.chosen.connect(self._choose_preset)
        self._start.clicked.connect(self._on_start)
        self._data = button("Data…", "Train on a set of your own, or on other photographs")
        self._fields.clicked.connect(self.open_fields)
        self._data.clicked.connect(self.open_data)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self._recipes, 0, 0)
        grid.addWidget(self._devices, 0, 1)
        grid.addWidget(self._presets, 1, 0, 1, 2)
        grid.addWidget(self._times, 2, 0, 1, 2)
        grid.addWidget(self._note, 3, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._start, 2)
        buttons.addWidget(self._data, 1)
        buttons.addWidget(self._fields, 1)
        grid.addLayout(buttons, 4, 0, 1, 2)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)
        self._message = ""
        self._choosing = QTimer(self, singleShot=True, interval=MEASURE_AFTER_MS)
        self._choosing.timeout.connect(self._measure)
        speeds.changed.connect(self._describe)
        self._describe()

    @property
    def recipe(self) -> Recipe | None:
        """What would be trained, None until the choices are known."""
        return self._recipe

    @property
    def device(self) -> str:
        """The chosen device's name."""
        return str(self._devices.currentData() or "auto")

    def show_choices(self, choices: Choices) -> None:
        """Offer these, what was chosen staying chosen."""
        self._choices = choices
        if self._devices.count() == 0:
            for device in choices.devices:
                self._devices.addItem(device.title, device.name)
        self._offer()

    @Slot(object)
    def show_own_choices(self, own: OwnChoices) -> None:
        """Offer what can be trained on the set that was looked at."""
        if own.data != self.sources.data:
            return  # another was chosen meanwhile
        self._own, self._problem = own, ""
        self._offer()

    @Slot(str)
    def show_problem(self, sentence: str) -> None:
        """Say why the set cannot be trained on."""
        self._problem = sentence
        self._describe()

    @Slot(object)
    def propose(self, data: Path | None) -> None:
        """Train on the set that is looked at, or on what the recipe draws where that is none of the user's own.

        Other data that were chosen by hand stay.
        """
        if self.sources.data != self._proposed:
            return
        self._proposed = data
        self._follow(replace(self.sources, data=data, validation=None))

    def _follow(self, sources: Sources) -> None:
        """Take these sources, and offer what can be trained on them."""
        if self.sources.data is None and sources.data is not None:
            self._before = self._recipe
        self.sources, self._own, self._problem, self._message = sources, None, "", ""
        if sources.data is not None:
            self.look_wanted.emit(sources.data)
        self._offer()
        if sources.data is None and self._before is not None:
            self.choose(self._before.name, self._before.preset)
            self._take_recipe(self._before)
            self._before = None

    @property
    def _offered(self) -> Recipes:
        """The recipes for the data; none until they are known."""
        if self.sources.data is None:
            return self._choices.recipes if self._choices else {}
        return self._own.recipes if self._own else {}

    def _offer(self) -> None:
        """List the recipes for the data. The network that was chosen stays chosen, and the preset as far as it can."""
        names = list(dict.fromkeys(name for name, _ in self._offered))
        if names and names != [self._recipes.itemText(place) for place in range(self._recipes.count())]:
            network = self._recipes.currentText().rpartition("/")[2]
            with QSignalBlocker(self._recipes):
                self._recipes.clear()
                self._recipes.addItems(names)
                self._recipes.setCurrentIndex(max(0, self._recipes.findText(f"/{network}", Qt.MatchFlag.MatchEndsWith)))
        offered = {preset for _, preset in self._offered} or set(PRESETS)
        for preset in PRESETS:
            self._presets.button(preset).setEnabled(preset in offered)
        if self._preset not in offered:
            self._preset = PRESETS[0]
            self._presets.choose(self._preset)
        if self._recipe is None or self._recipe.name != self._recipes.currentText() or not names:
            self._recipe = self._as_it_comes()
        self._describe()

    def show_message(self, state: TrainingState) -> None:
        """Say how the last run ended, until something else is chosen."""
        self._message, self._failed = state.message, state.phase == "failed"
        self._describe()

    def choose(self, name: str, preset: str) -> None:
        """Choose a recipe as a person does."""
        self._presets.choose(preset)
        self._preset = preset
        self._recipes.setCurrentText(name)
        self._take_preset()

    @Slot()
    def open_fields(self) -> RecipeDialog | None:
        """Show all fields of the recipe."""
        base = self._as_it_comes()
        if base is None or self._recipe is None:
            return None
        dialog = RecipeDialog(base, self._recipe, self.device, self.sources, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted_recipe.connect(self._take_recipe)
        dialog.open()
        return dialog

    @Slot()
    def open_data(self) -> DataDialog | None:
        """Choose where the pictures come from."""
        if self._choices is None:
            return None
        kind = self._recipe.kind if self._recipe else next(iter(self._choices.recipes.values())).kind
        dialog = DataDialog(kind, self.sources, self._survey, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted_sources.connect(self._take_sources)
        dialog.open()
        return dialog

    @Slot(object)
    def _take_sources(self, sources: Sources) -> None:
        self._message = ""
        self._follow(sources)

    def _as_it_comes(self) -> Recipe | None:
        return self._offered.get((self._recipes.currentText(), self._preset))

    @Slot(str)
    def _choose_preset(self, preset: str) -> None:
        self._preset = preset
        self._take_preset()

    @Slot()
    def _take_preset(self) -> None:
        if recipe := self._as_it_comes():
            self._take_recipe(recipe)

    @Slot(object)
    def _take_recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._message = ""
        self._describe()

    @Slot()
    def _describe(self) -> None:
        for each in (self._recipes, self._devices, self._presets, self._fields, self._start):
            each.setEnabled(self._recipe is not None and self._choices is not None)
        self._data.setEnabled(self._choices is not None)  # where a set cannot be trained on, another is chosen
        base = self._as_it_comes()
        if self._recipe is None or self._choices is None or base is None:
            self._show_note(self._problem or self._awaited(), warning=bool(self._problem))
            return
        if self._message:
            self._show_note(self._message, warning=self._failed)
            return
        self._show_times()
        seconds, how = self._estimate(self._recipe)
        time = f"about {about(seconds)}, {how}" if seconds else PRESET_HELP[self._preset]
        self._start.setToolTip(f"Train {self._recipe.name} in the background: {about_what(self._recipe, self.sources)}")
        remarks = self._own.remarks if self._own and self.sources.data is not None else ()
        lines = plan_lines(self._recipe, base, self.sources, time)
        self._show_note("\n".join([*lines, *remarks[:1]]), "\n".join([*lines, *remarks]))
        self._devices.setToolTip(self._devices.currentText())

    def _show_note(self, text: str, hint: str = "", *, warning: bool = False) -> None:
        self._note.setText(text)
        self._note.setToolTip(hint or text)
        self._note.setProperty("surface", "warning" if warning else None)
        self._note.style().polish(self._note)

    def _awaited(self) -> str:
        if self._choices is None or self.sources.data is None:
            return "Looking for devices…"
        return f"Looking at {self.sources.data.name}…"

    def _variants(self) -> dict[str, Recipe]:
        """The recipe in each preset, that of the chosen one with its changes; the chosen one first."""
        name = self._recipes.currentText()
        others = {preset: recipe for (named, preset), recipe in self._offered.items() if named == name}
        return {self._preset: self._recipe, **others, self._preset: self._recipe} if self._recipe else {}

    def _estimate(self, recipe: Recipe) -> tuple[float | None, str]:
        """Seconds that a run takes, and how that is known."""
        if self._choices and (seconds := self._choices.estimate(recipe, self.device)):
            return seconds, "as last time"
        speed = self._speeds.speed(recipe, self._devices.currentText())
        return (speed.seconds(recipe, drawn=self.sources.data is None), "measured here") if speed else (None, "")

    def _show_times(self) -> None:
        """The time of each preset below it; what is not known yet is measured once the choice has settled."""
        estimates = {preset: self._estimate(recipe)[0] for preset, recipe in self._variants().items()}
        self._times.show_seconds(estimates, awaited=self._speeds.is_measuring())
        if self.isVisible() and None in estimates.values():
            self._choosing.start()

    @Slot()
    def _measure(self) -> None:
        variants = list(self._variants().values())
        self._speeds.measure(variants, self.device, self._devices.currentText(), self.sources.data)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Find out how long training takes here."""
        super().showEvent(event)
        self._describe()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Find out no more."""
        super().hideEvent(event)
        self._choosing.stop()
        self._speeds.stop()

    @Slot()
    def _on_start(self) -> None:
        self.start_wanted.emit(self._recipe, self.sources, self.device)
