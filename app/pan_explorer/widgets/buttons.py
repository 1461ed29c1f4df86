"""Buttons with `Qt.TabFocus`: they take the focus by the Tab key, not by a click."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.icons import icon


def button(text: str, hint: str = "", *, name: str = "", primary: bool = False) -> QPushButton:
    """A plain button.

    Args:
        text: Its label.
        hint: Its tool tip.
        name: Its accessible name, if the label is not enough.
        primary: Whether it is the main action of its panel.
    """
    made = QPushButton(text)
    made.setToolTip(as_tip(hint))
    made.setAccessibleName(name or text)
    made.setProperty("primary", primary)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def icon_button(symbol: str, hint: str, *, name: str) -> QPushButton:
    """A plain button with an icon in place of a label.

    Args:
        symbol: The icon's name.
        hint: Its tool tip.
        name: Its accessible name.
    """
    made = button("", hint, name=name)
    show_icon(made, symbol)
    return made


def toggle(text: str, hint: str = "", *, checked: bool = False) -> QPushButton:
    """A checkable button."""
    made = button(text, hint)
    made.setCheckable(True)
    made.setChecked(checked)
    return made


def menu_button(text: str, hint: str, menu: QMenu | None = None) -> QToolButton:
    """A button with a label and an arrow that opens a menu; the menu may be set later."""
    made = _menu_button(hint, menu)
    made.setText(text)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    show_icon(made, "down", last=True)
    return made


def icon_menu_button(symbol: str, hint: str, menu: QMenu | None = None) -> QToolButton:
    """A button with an icon that opens a menu; the menu may be set later."""
    made = _menu_button(hint, menu)
    show_icon(made, symbol)
    return made


def show_icon(shown: QPushButton | QToolButton, symbol: str, *, last: bool = False) -> None:
    """Put an icon on a button, as high as its text.

    Args:
        shown: The button.
        symbol: The icon's name.
        last: Whether the icon is right of the label.
    """
    shown.setIcon(icon(symbol, on_accent=bool(shown.property("primary"))))
    side = shown.fontMetrics().height()
    shown.setIconSize(QSize(side, side))
    shown.setLayoutDirection(Qt.LayoutDirection.RightToLeft if last else Qt.LayoutDirection.LeftToRight)


def _menu_button(hint: str, menu: QMenu | None) -> QToolButton:
    made = QToolButton()
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    if menu is not None:
        made.setMenu(menu)
    return made
