"""A form made from a dataclass: a line for each field, its kind from its type, its help from the docstring."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields
from typing import TYPE_CHECKING, Literal, get_args, get_origin, get_type_hints

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from pan_explorer.widgets.chooser import Chooser

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Editor = QCheckBox | QComboBox | QLineEdit


class DataclassForm(QWidget):
    """Edits the fields of a dataclass as text; whoever owns it parses and checks them.

    Args:
        kind: The dataclass.
        without: Fields that are chosen elsewhere.
        columns: How many fields stand side by side.
    """

    edited = Signal()

    def __init__(self, kind: type[DataclassInstance], without: Collection[str] = (), columns: int = 2) -> None:
        super().__init__()
        types = get_type_hints(kind)
        helps = field_helps(kind.__doc__ or "")
        names = [field.name for field in fields(kind) if field.name not in without]
        rows = -(-len(names) // columns)
        layout = QGridLayout(self)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(4)
        self._editors: dict[str, Editor] = {}
        self._given: dict[str, str] = {}
        for place, name in enumerate(names):
            column, row = divmod(place, rows)
            editor = self._editor(types[name])
            editor.setToolTip(helps.get(name, ""))
            editor.setAccessibleName(name)
            label = QLabel(name)
            label.setToolTip(helps.get(name, ""))
            label.setBuddy(editor)
            layout.addWidget(label, row, 2 * column, Qt.AlignmentFlag.AlignRight)
            layout.addWidget(editor, row, 2 * column + 1)
            self._editors[name] = editor

    def set_value(self, value: DataclassInstance) -> None:
        """Show the fields of an instance; they count as unchanged."""
        self._given = {name: as_text(getattr(value, name)) for name in self._editors}
        self.change_to(value)

    def change_to(self, value: DataclassInstance) -> None:
        """Show the fields of another instance; those that differ count as changed."""
        for name, editor in self._editors.items():
            _write(editor, as_text(getattr(value, name)))
        self._tell()

    def set_text(self, name: str, text: str) -> None:
        """Put a text into a field, as a person does."""
        _write(self._editors[name], text)
        self._tell()

    def changes(self) -> dict[str, str]:
        """The fields that differ from the instance that was shown, as text."""
        texts = {name: _read(editor) for name, editor in self._editors.items()}
        return {name: text for name, text in texts.items() if text != self._given.get(name)}

    def _editor(self, kind: object) -> Editor:
        if kind is bool:
            box = QCheckBox()
            box.toggled.connect(self._tell)
            return box
        if get_origin(kind) is Literal:
            choice = Chooser(name="")
            choice.addItems([str(value) for value in get_args(kind)])
            choice.currentIndexChanged.connect(self._tell)
            return choice
        line = QLineEdit()
        line.textEdited.connect(self._tell)
        return line

    @Slot()
    def _tell(self) -> None:
        changed = self.changes()
        for name, editor in self._editors.items():  # changed fields are seen at a glance
            font = editor.font()
            font.setBold(name in changed)
            editor.setFont(font)
        self.edited.emit()


def as_text(value: object) -> str:
    """A field's value as a person types it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def field_helps(docstring: str) -> dict[str, str]:
    """What the `Attributes` section of a docstring says of each field."""
    _, _, section = docstring.partition("Attributes:\n")
    found = re.findall(r"^ {8}(\w+): (.+(?:\n {12}.+)*)", section, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def _read(editor: Editor) -> str:
    if isinstance(editor, QCheckBox):
        return as_text(editor.isChecked())
    return editor.currentText() if isinstance(editor, QComboBox) else editor.text().strip()


def _write(editor: Editor, text: str) -> None:
    if isinstance(editor, QCheckBox):
        editor.setChecked(text == "true")
    elif isinstance(editor, QComboBox):
        editor.setCurrentText(text)
    else:
        editor.setText(text)
