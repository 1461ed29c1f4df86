"""Clearing of layouts."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def clear_layout(layout: QLayout) -> None:
    """Remove all items of a layout and of those in it; widgets are hidden at once and deleted by the event loop."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif nested := item.layout():
            # Qt would delete its items unseen by PySide, which crashes once something else has the address of one.
            clear_layout(nested)
