"""Room made in a layout for other widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def delete_widgets(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets are hidden at once and deleted by the event loop."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
