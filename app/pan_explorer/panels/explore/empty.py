"""The empty state of the comparison: what to do first, and buttons for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pan_explorer.panels.file_dialogs import choose_checkpoint, choose_image
from pan_explorer.session.session import Session
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.labels import quiet


class EmptyPlace(QWidget):
    """Asks for an image and for networks."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        title = QLabel("See what a network looks at")
        title.setProperty("title", True)
        words = quiet("Open an image, drop one here, paste one, or pick a sample on the left;\n"
                      "then choose the networks to compare.")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        image, network = button("Open image …", "Choose a file (Ctrl+O)", primary=True), button(
            "Add network …", "Choose a checkpoint file")
        image.clicked.connect(self._choose_image)
        network.clicked.connect(self._choose_network)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(image)
        buttons.addWidget(network)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch()
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(words)
        column.addLayout(buttons)
        column.addStretch()

    @Slot()
    def _choose_image(self) -> None:
        choose_image(self, self._session)

    @Slot()
    def _choose_network(self) -> None:
        choose_checkpoint(self, self._session)
