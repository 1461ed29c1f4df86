"""Three sentences for who starts the program for the first time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app import settings
from app.widgets.buttons import button

WORDS = (
    "<b>Ask by the keys 0 – 9</b> which colour a digit has. &nbsp; "
    "<b>Step with ← and →</b> and watch PAN-CTX's attention close in, where the others look once. &nbsp; "
    "<b>Drop an image</b> of your own, or train a network at the foot of the window."
)
LEAST_HEIGHT = 560
"""In a lower place the pictures need the room."""


class Welcome(QWidget):
    """Stays until it is dismissed, and never comes again."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = QLabel(WORDS)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.RichText)
        done = button("Got it", "Hides these lines for good")
        done.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(words, 1)
        row.addWidget(done)
        self.hide()

    def fit(self, height: int) -> None:
        """Be there, in a place so high, if it is the first start."""
        self.setVisible(height >= LEAST_HEIGHT and not settings.is_taught())

    @Slot()
    def _dismiss(self) -> None:
        settings.keep_taught()
        self.hide()
