"""A line that says what went wrong or what is done, above what it is about; it stops nobody."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from pan_explorer.session.session import Session
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.emptying import delete_widgets

SHORT_MS = 6000


class MessageStrip(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons = QHBoxLayout()
        self._fading = QTimer(self, singleShot=True, interval=SHORT_MS)
        self._fading.timeout.connect(self.dismiss)
        close = button("✕", "Dismiss", name="dismiss the message")
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 8, 5)
        row.addWidget(self._text, 1)
        row.addLayout(self._buttons)
        row.addWidget(close)
        session.failed.connect(self.show_failure)
        session.succeeded.connect(self.show_success)
        session.answers_changed.connect(self._fade_failure)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    @Slot(str)
    def show_failure(self, text: str) -> None:
        """Something could not be done; stays until it is dismissed or something else is asked."""
        self._fading.stop()
        self._say(text, "warning")

    @Slot(str)
    def show_success(self, text: str) -> None:
        """Something is done; goes by itself."""
        self._say(text, "panel")
        self._fading.start()

    def ask(self, text: str, *buttons: QPushButton) -> None:
        """A question with the buttons that answer it."""
        self._fading.stop()
        self._say(text, "warning")
        for each in buttons:
            self._buttons.addWidget(each)

    @Slot()
    def dismiss(self) -> None:
        """Nothing is to be said."""
        self._fading.stop()
        self.hide()

    @Slot()
    def _fade_failure(self) -> None:
        if not self.isHidden() and not self._buttons.count() and not self._fading.isActive():
            self._fading.start()

    def _say(self, text: str, surface: str) -> None:
        delete_widgets(self._buttons)
        self._text.setText(text[:1].upper() + text[1:])
        self.setProperty("surface", surface)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
