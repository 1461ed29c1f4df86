"""The setup of the next run: recipe, preset, device and data, with a summary and Start."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from pan_explorer.background.training_choices import PRESETS
from pan_explorer.panels.training.data import DataDialog
from pan_explorer.panels.training.estimates import Estimates
from pan_explorer.panels.training.preset_times import PresetTimes
from pan_explorer.panels.training.recipe import RecipeDialog
from pan_explorer.panels.training.words import about, about_what, plan_lines
from pan_explorer.session.training import TrainingSession
from pan_explorer.state.training import TrainingState
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.combo_box import combo_box
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.segmented import Segmented

PRESET_HELP = {
    "quick": "a test: about two minutes on two cores",
    "standard": "a good network",
    "paper": "the literal text of the paper",
}


class TrainingSetup(QWidget):
    """Shows and edits a training plan.

    Args:
        training: The session of the plan.
    """

    start_wanted = Signal()

    def __init__(self, training: TrainingSession) -> None:
        super().__init__()
        self._plan, self._survey = training.plan, training.survey
        self._estimates = Estimates(self._plan, training.speeds, self)
        self._message, self._failed = "", False
        self._recipes = combo_box("Recipe", "Data set and network")
        self._devices = combo_box("Device", "Device for the training")
        self._presets = Segmented([(preset, preset) for preset in PRESETS], name="Preset")
        for preset, text in PRESET_HELP.items():
            self._presets.button(preset).setToolTip(text)
        self._times = PresetTimes(PRESETS)
        self._note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText,
                            alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._start = button("Start", "Train the network in the background", primary=True)
        self._data = button("Data …", "Train on a set of your own, or on other photographs")
        self._fields = button("Fields …", "All fields of the recipe, and the equivalent command line")
        self._lay_out()
        self._recipes.currentTextChanged.connect(self._choose_recipe)
        self._devices.currentIndexChanged.connect(self._choose_device)
        self._presets.chosen.connect(self._choose_preset)
        self._start.clicked.connect(self.start_wanted)
        self._data.clicked.connect(self.open_data)
        self._fields.clicked.connect(self.open_fields)
        self._plan.chosen.connect(self._forget_message)
        self._plan.changed.connect(self._show_plan)
        self._estimates.changed.connect(self._describe)
        self._show_plan()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self._recipes, 0, 0)
        grid.addWidget(self._devices, 0, 1)
        grid.addWidget(self._presets, 1, 0, 1, 2)
        grid.addWidget(self._times, 2, 0, 1, 2)
        grid.addWidget(scrolled(self._note, along=Qt.Orientation.Vertical), 3, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._start, 2)
        buttons.addWidget(self._data, 1)
        buttons.addWidget(self._fields, 1)
        grid.addLayout(buttons, 4, 0, 1, 2)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)

    def show_message(self, state: TrainingState) -> None:
        """Show how the last run ended, until the plan changes."""
        self._message, self._failed = state.message, state.phase == "failed"
        self._describe()

    @Slot()
    def open_fields(self) -> RecipeDialog | None:
        """Show all fields of the recipe."""
        plan = self._plan
        if plan.base is None or plan.recipe is None:
            return None
        dialog = RecipeDialog(plan.base, plan.recipe, plan, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted_recipe.connect(self._plan.change)
        dialog.open()
        return dialog

    @Slot()
    def open_data(self) -> DataDialog | None:
        """Choose the sources of the images."""
        plan = self._plan
        if plan.choices is None:
            return None
        kind = plan.recipe.kind if plan.recipe else next(iter(plan.choices.recipes.values())).kind
        dialog = DataDialog(kind, plan, self._survey, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted_sources.connect(self._plan.use)
        dialog.open()
        return dialog

    @Slot(str)
    def _choose_recipe(self, name: str) -> None:
        self._plan.choose(name, self._plan.preset)

    @Slot(str)
    def _choose_preset(self, preset: str) -> None:
        self._plan.choose(self._plan.name, preset)

    @Slot(int)
    def _choose_device(self, place: int) -> None:
        if self._plan.choices:
            self._plan.choose_device(self._plan.choices.devices[place])

    @Slot()
    def _forget_message(self) -> None:
        self._message = ""
        self._describe()

    @Slot()
    def _show_plan(self) -> None:
        plan = self._plan
        with QSignalBlocker(self._recipes), QSignalBlocker(self._devices):
            if plan.names:  # keep the earlier sets while a new one is checked
                _list(self._recipes, plan.names, plan.names.index(plan.name))
            if plan.choices:
                _list(self._devices, [each.title for each in plan.choices.devices],
                      plan.choices.devices.index(plan.device))
        for preset in PRESETS:
            self._presets.button(preset).setEnabled(preset in plan.presets)
        self._presets.choose(plan.preset)
        self._describe()

    @Slot()
    def _describe(self) -> None:
        plan = self._plan
        for each in (self._recipes, self._devices, self._presets, self._fields, self._start):
            each.setEnabled(plan.recipe is not None and plan.choices is not None)
        self._data.setEnabled(plan.choices is not None)  # the set cannot be used; the user chooses another
        self._devices.setToolTip(plan.device.title)
        if plan.base is None or plan.recipe is None or plan.choices is None:
            self._show_note(plan.problem or self._awaited(), warning=bool(plan.problem))
            return
        if self._message:
            self._show_note(self._message, warning=self._failed)
            return
        self._show_times()
        seconds, how = self._estimates.of(plan.recipe)
        time = f"about {about(seconds)}, {how}" if seconds else PRESET_HELP[plan.preset]
        what = about_what(plan.recipe, plan.sources)
        self._start.setToolTip(as_tip(f"Train {plan.recipe.name} in the background: {what}"))
        lines = plan_lines(plan.recipe, plan.base, plan.sources, time)
        self._show_note("\n".join([*lines, *plan.remarks[:1]]), "\n".join([*lines, *plan.remarks]))

    def _awaited(self) -> str:
        data = self._plan.sources.data
        return "Looking for devices …" if self._plan.choices is None or data is None else f"Checking {data.name} …"

    def _show_note(self, text: str, hint: str = "", *, warning: bool = False) -> None:
        self._note.setText(text)
        self._note.setToolTip(as_tip(hint or text))
        self._note.setProperty("surface", "warning" if warning else None)
        self._note.style().polish(self._note)

    def _show_times(self) -> None:
        self._times.show_seconds(self._estimates.by_preset(), awaited=self._estimates.is_measuring())
        if self.isVisible():
            self._estimates.measure_soon()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Start the estimate of the training time."""
        super().showEvent(event)
        self._describe()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Stop the estimate."""
        super().hideEvent(event)
        self._estimates.stop()


def _list(box: QComboBox, texts: list[str], chosen: int) -> None:
    if texts != [box.itemText(place) for place in range(box.count())]:
        box.clear()
        box.addItems(texts)
    box.setCurrentIndex(chosen)
