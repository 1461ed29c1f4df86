"""The composer's page: the scene, and the networks' answers to it."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pan_explorer.panels.composer.answers import ComposerAnswers
from pan_explorer.panels.composer.bar import ComposerBar
from pan_explorer.panels.composer.scene import ComposerScene
from pan_explorer.panels.composer.tools import DigitTools, ObjectTools
from pan_explorer.session.session import Session


class ComposerPage(QWidget):
    """The scene at the left, the networks at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._scene = ComposerScene(session)
        left, row = QVBoxLayout(), QHBoxLayout(self)
        left.setSpacing(8)
        tools = QHBoxLayout()
        tools.setSpacing(10)
        tools.addWidget(DigitTools(session, self))
        tools.addWidget(ObjectTools(session), 1)
        left.addWidget(ComposerBar(session))
        left.addWidget(self._scene, 1)
        left.addLayout(tools)
        row.setContentsMargins(16, 9, 16, 10)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(ComposerAnswers(session), 1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Give the scene the keyboard focus."""
        super().showEvent(event)
        self._scene.canvas.setFocus()
