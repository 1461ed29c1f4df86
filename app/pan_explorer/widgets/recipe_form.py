"""A form made from dataclasses: a row per field, its editor from the type, its help from the docstring."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Literal, get_args, get_origin, get_type_hints

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.labels import heading

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Editor = QCheckBox | QComboBox | QLineEdit


class DataclassForm(QWidget):
    """Edits the fields of dataclasses as text; its owner parses and checks them.

    Args:
        columns: The dataclasses of each column, from top to bottom, by their headings; an empty heading is not
            shown.
        without: Fields to leave out.
    """

    edited = Signal()

    def __init__(
        self, columns: Sequence[Mapping[str, type[DataclassInstance]]], without: Collection[str] = ()
    ) -> None:
        super().__init__()
        self._editors: dict[str, Editor] = {}
        self._given: dict[str, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for groups in columns:
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(4)
            for title, kind in groups.items():
                if title:
                    grid.addWidget(heading(title), grid.rowCount(), 0, 1, 2)
                self._add_fields(grid, kind, without)
            grid.setRowStretch(grid.rowCount(), 1)
            row.addLayout(grid, 1)

    def _add_fields(self, grid: QGridLayout, kind: type[DataclassInstance], without: Collection[str]) -> None:
        types, helps = get_type_hints(kind), field_helps(kind.__doc__ or "")
        for name in (field.name for field in fields(kind) if field.name not in without):
            editor = self._editor(types[name])
            editor.setToolTip(helps.get(name, ""))
            editor.setAccessibleName(name)
            label = QLabel(name)
            label.setToolTip(helps.get(name, ""))
            label.setBuddy(editor)
            row = grid.rowCount()
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(editor, row, 1)
            self._editors[name] = editor

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show a value in each field as its unchanged value."""
        self._given = {name: as_text(values[name]) for name in self._editors}
        self.change_to(values)

    def change_to(self, values: Mapping[str, object]) -> None:
        """Show other values; those that differ become changes."""
        for name, editor in self._editors.items():
            _write(editor, as_text(values[name]))
        self._tell()

    def set_text(self, name: str, text: str) -> None:
        """Set the text of a field, as a user does."""
        _write(self._editors[name], text)
        self._tell()

    def changes(self) -> dict[str, str]:
        """The fields that differ from their unchanged values, as text."""
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
        for name, editor in self._editors.items():  # changed fields are highlighted
            font = editor.font()
            font.setBold(name in changed)
            editor.setFont(font)
        self.edited.emit()


def as_text(value: object) -> str:
    """A field's value as a user types it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value))
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def field_helps(docstring: str) -> dict[str, str]:
    """The descriptions of the fields from the `Attributes` section of a docstring."""
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
