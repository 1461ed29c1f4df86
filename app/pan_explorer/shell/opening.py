"""What the program does until its window is seen: nothing but Qt is imported for it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from pan_explorer import NAME, settings
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme


def open_window(application: QApplication) -> tuple[MainWindow, Theme]:
    """The window, seen in its colours and at its place, still empty."""
    application.setApplicationDisplayName("PAN Explorer")
    application.setDesktopFileName(NAME)
    theme = Theme(application)
    theme.choose(settings.theme())
    window = MainWindow()
    window.show_empty()
    return window, theme
