"""Dialogs that a window has once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

Kind = TypeVar("Kind", bound=QDialog)


def show_again(window: QWidget, kind: type[Kind], fits: Callable[[Kind], bool] = lambda _: True) -> bool:
    """Bring a dialog of the window to the front; False if it has none of this kind that fits."""
    dialog = next((each for each in window.findChildren(kind) if fits(each)), None)
    if dialog is None:
        return False
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return True
