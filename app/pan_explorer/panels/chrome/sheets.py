"""Two small windows: the shortcuts, and the program's name and version."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib import metadata

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pan_explorer.system.log import log_file
from pan_explorer.widgets.labels import heading, quiet

PACKAGES = ("pan-explorer", "torch", "torchvision", "numpy", "pillow", "PySide6-Essentials", "pyqtgraph", "matplotlib")
ABOUT = (
    "Train progressive attention networks and see their attention narrow, layer by layer.\n"
    "After Seo, Lin, Cohen, Shen and Han: Progressive Attention Networks for Visual Attribute Prediction."
)


def system_information() -> str:
    """The system information that a bug report needs."""
    lines = [f"{name} {_version(name)}" for name in PACKAGES]
    return "\n".join([*lines, f"Python {platform.python_version()}", platform.platform(),
                      f"{os.cpu_count()} processors, Qt platform {QGuiApplication.platformName()}",
                      f"Log: {log_file()}"])


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "(not installed)"


class ShortcutSheet(QDialog):
    """All shortcuts, by menu."""

    def __init__(self, parent: QWidget, groups: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> None:
        """Args: the owner, and for each menu its name with texts and keys."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Shortcuts")
        columns = QGridLayout(self)
        columns.setContentsMargins(24, 20, 24, 20)
        columns.setHorizontalSpacing(40)
        columns.setVerticalSpacing(18)
        for number, (name, keys) in enumerate(groups):
            columns.addLayout(_group(name, keys), number // 3, number % 3, Qt.AlignmentFlag.AlignTop)


def _group(name: str, keys: Iterable[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.addWidget(heading(name), 0, 0, 1, 2)
    for row, (text, key) in enumerate(keys, start=1):
        grid.addWidget(QLabel(text), row, 0)
        grid.addWidget(quiet(key), row, 1, Qt.AlignmentFlag.AlignRight)
    return grid


class AboutBox(QDialog):
    """The program's name and purpose, and the system information to copy."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About PAN Explorer")
        title = QLabel(f"PAN Explorer {_version('pan-explorer')}")
        title.setProperty("title", True)
        details = quiet(system_information())
        details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = QPushButton("Copy system information")
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        for widget in (title, QLabel(ABOUT), details):
            column.addWidget(widget)
        column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(system_information())
