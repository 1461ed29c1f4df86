"""Buttons and choices with all that makes them usable: a word, a tool tip, an accessible name."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QPushButton, QToolButton


def push_button(text: str, tip: str) -> QPushButton:
    """A button with a word on it."""
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button


def primary_button(text: str, tip: str) -> QPushButton:
    """The one button that goes on from here."""
    button = push_button(text, tip)
    button.setProperty("primary", True)
    return button


def tool_button(sign: str, tip: str) -> QToolButton:
    """A small button with a sign on it."""
    button = QToolButton()
    button.setText(sign)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


def combo_box(name: str, tip: str) -> QComboBox:
    """A choice that gives way where room is short."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box
