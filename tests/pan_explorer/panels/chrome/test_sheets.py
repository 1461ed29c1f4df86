"""The window about the program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pan_explorer.panels.chrome.sheets import AboutBox


def test_return_copies_nothing_that_nobody_asked_for(owner: QWidget, qtbot) -> None:
    QGuiApplication.clipboard().setText("own words")
    box = AboutBox(owner)
    box.show()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "own words"
    box.close()
