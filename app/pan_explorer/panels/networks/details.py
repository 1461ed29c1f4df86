"""The details of one network: its measures, its recipe, and the command that trains it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pan_explorer.panels.networks.words import command, facts, recipe_lines
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.labels import ElidedLabel, heading, quiet

if TYPE_CHECKING:
    from pan.checkpoints.library import Entry


class ModelDetails(QWidget):
    """Shows the details of an entry, or a text that asks to choose one."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._title.setProperty("title", True)
        self._path = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._path.setProperty("quiet", True)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(3)
        self.recipe = QPlainTextEdit(readOnly=True)
        self.recipe.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.recipe.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.recipe.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.recipe.setAccessibleName("Recipe")
        self.command = QLineEdit(readOnly=True)
        self.command.setAccessibleName("Command that trains it again")
        self._copy = button("Copy", "Copy the command that trains it again")
        self._copy.clicked.connect(self._on_copy)
        line = QHBoxLayout()
        line.addWidget(self.command, 1)
        line.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._path)
        column.addLayout(self._facts)
        column.addWidget(heading("Recipe"))
        column.addWidget(self.recipe, 1)
        column.addWidget(heading("Trained by"))
        column.addLayout(line)
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry."""
        while self._facts.rowCount():
            self._facts.removeRow(0)
        self._title.setText(entry.title if entry else "Choose a network")
        self._path.setText(str(entry.path) if entry else "")
        for name, value in facts(entry) if entry else []:
            said = QLabel(value, textFormat=Qt.TextFormat.PlainText)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addRow(quiet(name), said)
        self.recipe.setPlainText(recipe_lines(entry) if entry else "")
        text = command(entry) if entry else ""
        self.command.setText(text)
        self.command.setCursorPosition(0)
        self._copy.setEnabled(bool(text))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
