"""All fields of a recipe, checked while typing, and the equivalent command line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from pan.recipes.groups import DataFields, HardwareFields, NetworkFields, ObjectiveFields, OptimizationFields
from pan.recipes.recipe import GROUPS, Recipe
from pan.system.errors import InputError
from pan_explorer.panels.training.words import command_line
from pan_explorer.session.training_plan import TrainingPlan
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.foreign_words import as_title
from pan_explorer.widgets.recipe_form import DataclassForm

COLUMNS = (
    {"": Recipe, "Data": DataFields, "Network": NetworkFields},
    {"Objective": ObjectiveFields, "Optimization": OptimizationFields, "Hardware": HardwareFields},
)
"""The groups of fields, side by side."""

CHOSEN_ELSEWHERE = ("kind", "model", "preset", *GROUPS)


class RecipeDialog(QDialog):
    """Edits a recipe; emits `accepted_recipe` when a valid one is accepted.

    It closes by itself when the plan gets another recipe, for one because a set has been read.

    Args:
        base: The preset's recipe.
        recipe: The recipe with earlier changes.
        plan: The plan with this recipe.
        parent: Owner.
    """

    accepted_recipe = Signal(object)  # Recipe

    def __init__(self, base: Recipe, recipe: Recipe, plan: TrainingPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(as_title(f"{base.name}, {base.preset}"))
        self._base, self._plan = base, plan
        self.form = DataclassForm(COLUMNS, without=CHOSEN_ELSEWHERE)
        self.form.set_values(base.to_json())
        self.form.change_to(recipe.to_json())
        self._error = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._error.setProperty("surface", "warning")
        self._error.setMargin(6)
        self._command = QLineEdit(readOnly=True)
        self._command.setAccessibleName("Command line that does the same")
        copy, reset, cancel = (button(text) for text in ("Copy", "As it comes", "Cancel"))
        self._use = button("Use", "Train with these fields", primary=True)
        self._use.setDefault(True)
        copy.clicked.connect(self._copy)
        reset.clicked.connect(self._reset)
        cancel.clicked.connect(self.reject)
        self._use.clicked.connect(self._accept)
        self.form.edited.connect(self._check)
        plan.changed.connect(self._close_if_outdated)
        command, buttons = QHBoxLayout(), QHBoxLayout()
        command.addWidget(self._command, 1)
        command.addWidget(copy)
        buttons.addWidget(reset)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self._use)
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        column.addStretch()
        column.addWidget(self._error)
        column.addLayout(command)
        column.addLayout(buttons)
        self.resize(620, 0)
        self._check()

    def recipe(self) -> Recipe:
        """The recipe of the fields.

        Raises:
            InputError: If the text of a field is not a valid value.
        """
        return self._base.with_settings(self.form.changes())

    @Slot()
    def _check(self) -> None:
        try:
            recipe = self.recipe()
        except InputError as error:
            self._error.setText(str(error))
        else:
            self._error.clear()
            self._command.setText(command_line(recipe, self._base, self._plan.device.name, self._plan.sources))
        self._error.setVisible(bool(self._error.text()))
        self._use.setEnabled(not self._error.text())

    @Slot()
    def _close_if_outdated(self) -> None:
        if self._plan.base != self._base:
            self.reject()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._command.text())

    @Slot()
    def _reset(self) -> None:
        self.form.set_values(self._base.to_json())

    @Slot()
    def _accept(self) -> None:
        self.accepted_recipe.emit(self.recipe())
        self.accept()
