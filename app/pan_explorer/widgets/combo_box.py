"""A choice with all that makes it usable: a tool tip, an accessible name, and a width that gives way."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from pan_explorer.widgets.chooser import Chooser


def combo_box(name: str, tip: str) -> QComboBox:
    """A closed list to choose from."""
    box = Chooser(name=name, hint=tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box
