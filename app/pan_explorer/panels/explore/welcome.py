"""Three sentences for the first start of the program."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from pan_explorer import settings
from pan_explorer.session.session import Session
from pan_explorer.widgets.buttons import button

ASK_DIGITS = "<b>Ask with the keys 0 – 9</b> which colour a digit has."
ASK_WORDS = "<b>Choose a query above</b>: what is true of that object in the image?"
GO_ON = (
    "<b>Step with ← and →</b> and watch PAN-CTX's attention close in, where the others look once. &nbsp; "
    "<b>Drop an image</b> of your own, or train a network at the bottom of the window."
)
LEAST_HEIGHT = 600
"""With less height, the pictures need the room."""


class Welcome(QWidget):
    """The welcome line; once dismissed, it is never shown again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._walk = session.walk
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        done = button("Got it", "Hides these lines for good")
        done.clicked.connect(self._dismiss)
        walk = button("Walk through the paper", "Ten steps, each with something to do (Alt+W)", primary=True)
        walk.clicked.connect(session.walk.toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(walk)
        row.addWidget(done)
        self.hide()
        session.queries_changed.connect(self._show_words)
        self._show_words(session.state.queries)

    @Slot(object)
    def _show_words(self, queries: tuple[str, ...]) -> None:
        first = ASK_DIGITS if all(query.isdigit() for query in queries) else ASK_WORDS
        self._words.setText(f"{first} &nbsp; {GO_ON}")

    def fit(self, height: int) -> None:
        """Show the line at the first start, if the page is high enough."""
        greets = height >= LEAST_HEIGHT and not settings.is_taught()
        self.setVisible(greets and self._walk.state.step is None)

    @Slot()
    def _dismiss(self) -> None:
        settings.keep_taught()
        self.hide()
