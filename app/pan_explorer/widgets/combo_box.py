"""A combo box with a tool tip, an accessible name and a flexible width."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from pan_explorer.widgets.chooser import Chooser


def combo_box(name: str, tip: str) -> QComboBox:
    """A combo box without editing."""
    box = Chooser(name=name, hint=tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box
