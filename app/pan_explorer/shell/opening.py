"""The start of the program until its window is visible; imports Qt alone."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from pan_explorer import NAME, settings
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme


def open_window(application: QApplication) -> tuple[MainWindow, Theme]:
    """Show the empty window in its colours and at its place."""
    application.setApplicationDisplayName("PAN Explorer")
    application.setDesktopFileName(NAME)
    theme = Theme(application)
    theme.choose(settings.theme())
    window = MainWindow()
    window.show_empty()
    return window, theme
