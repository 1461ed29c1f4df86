"""Buttons that leave the focus where it is when they are clicked, and take it by the Tab key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton


def button(text: str, hint: str = "", *, name: str = "", primary: bool = False) -> QPushButton:
    """A plain button.

    Args:
        text: Its label.
        hint: Its tool tip.
        name: What it is called to those who cannot see it, where the label does not say it.
        primary: Whether it is the one thing most people came for.
    """
    made = QPushButton(text)
    made.setToolTip(hint)
    made.setAccessibleName(name or text)
    made.setProperty("primary", primary)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def toggle(text: str, hint: str = "", *, checked: bool = False) -> QPushButton:
    """A button that stays down."""
    made = button(text, hint)
    made.setCheckable(True)
    made.setChecked(checked)
    return made


def menu_button(text: str, hint: str, menu: QMenu | None = None) -> QToolButton:
    """A button that opens a menu, which may be given later."""
    made = QToolButton()
    made.setText(text)
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    if menu is not None:
        made.setMenu(menu)
    return made
