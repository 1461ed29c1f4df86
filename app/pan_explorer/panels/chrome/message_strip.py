"""Lines above the panes that say what went wrong, what is done, and what is asked; they stop nobody."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.widgets.buttons import icon_button

SHORT_MS = 6000
MOST_FAILURES = 3


class MessageStrip(QWidget):
    """A line for the question, each of the last failures, the last notice and the last success: none hides another."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._question: _Line | None = None
        self._failures: list[_Line] = []
        self._notice: _Line | None = None
        self._success: _Line | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        session.failed.connect(self.show_failure)
        session.succeeded.connect(self.show_success)
        session.answers_changed.connect(self._fade_failures)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, a line each; empty while there is nothing to say."""
        return "\n".join(line.text for line in self._lines())

    @Slot(str)
    def show_failure(self, text: str) -> None:
        """Something could not be done; stays until it is dismissed or something else is asked."""
        told = [line for line in self._failures if line.text == _sentence(text)]
        for line in told or self._failures[MOST_FAILURES - 1 :]:
            self._remove(line)
        self._failures.insert(0, self._add(text, "warning"))

    @Slot(str)
    def show_success(self, text: str) -> None:
        """Something is done; goes by itself."""
        if self._success:
            self._remove(self._success)
        self._success = self._add(text, "panel")
        self._success.fade()

    def show_notice(self, text: str, *buttons: QPushButton) -> None:
        """Something is worth knowing, with the buttons that lead on; stays until it is dismissed or forgotten."""
        self.forget_notice()
        self._notice = self._add(text, "panel", *buttons)

    @Slot()
    def forget_notice(self) -> None:
        """It is no longer worth knowing."""
        if self._notice:
            self._remove(self._notice)

    def ask(self, text: str, *buttons: QPushButton) -> None:
        """A question with the buttons that answer it; it stays until it is withdrawn or another is asked."""
        self.withdraw()
        self._question = self._add(text, "warning", *buttons)

    @Slot()
    def withdraw(self) -> None:
        """Nothing is asked any more."""
        if self._question:
            self._remove(self._question)

    @Slot()
    def dismiss(self) -> None:
        """Nothing is to be said."""
        for line in self._lines():
            self._remove(line)

    def _lines(self) -> list[_Line]:
        lines = (self._question, *self._failures, self._notice, self._success)
        return [line for line in lines if line is not None]

    def _add(self, text: str, surface: str, *buttons: QPushButton) -> _Line:
        line = _Line(_sentence(text), surface, buttons)
        line.gone.connect(self._on_gone)
        self._column.insertWidget(0, line)
        self.show()
        return line

    @Slot()
    def _on_gone(self) -> None:
        line = self.sender()
        if isinstance(line, _Line):
            self._remove(line)

    def _remove(self, line: _Line) -> None:
        self._question = None if line is self._question else self._question
        self._notice = None if line is self._notice else self._notice
        self._success = None if line is self._success else self._success
        self._failures = [each for each in self._failures if each is not line]
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.setVisible(bool(self._lines()))

    @Slot()
    def _fade_failures(self) -> None:
        for line in self._failures:
            line.fade()


class _Line(QWidget):
    """One message, with what answers it and a button that dismisses it."""

    gone = Signal()

    def __init__(self, text: str, surface: str, buttons: tuple[QPushButton, ...]) -> None:
        super().__init__()
        self.text = text
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", surface)
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = icon_button("close", "Dismiss", name="dismiss the message")
        close.clicked.connect(self.gone)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 8, 5)
        row.addWidget(label, 1)
        for each in buttons:
            row.addWidget(each)
        row.addWidget(close)
        self._fading = QTimer(self, singleShot=True, interval=SHORT_MS)
        self._fading.timeout.connect(self.gone)

    def fade(self) -> None:
        """Go in a moment."""
        if not self._fading.isActive():
            self._fading.start()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
