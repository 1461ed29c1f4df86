"""The messages above the panes: failures, successes and questions; none of them blocks the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.widgets.buttons import icon_button

SHORT_MS = 6000
MOST_FAILURES = 3


class MessageStrip(QWidget):
    """One line each for the question, the last failures, the last notice and the last success."""

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
        """All messages, one on each line; empty if there is none."""
        return "\n".join(line.text for line in self._lines())

    @property
    def is_asking(self) -> bool:
        """Whether a question is shown."""
        return self._question is not None

    @Slot(str)
    def show_failure(self, text: str) -> None:
        """Show an error; it stays until it is dismissed or new answers come."""
        same = [line for line in self._failures if line.text == _sentence(text)]
        for line in same or self._failures[MOST_FAILURES - 1 :]:
            self._remove(line)
        self._failures.insert(0, self._add(text, "warning"))

    @Slot(str)
    def show_success(self, text: str) -> None:
        """Show a success; it disappears by itself."""
        if self._success:
            self._remove(self._success)
        self._success = self._add(text, "panel")
        self._success.fade()

    def show_notice(self, text: str, *buttons: QPushButton) -> None:
        """Show a notice with buttons; it stays until it is dismissed or `forget_notice` is called."""
        self.forget_notice()
        self._notice = self._add(text, "panel", *buttons)

    @Slot()
    def forget_notice(self) -> None:
        """Remove the notice."""
        if self._notice:
            self._remove(self._notice)

    def ask(self, text: str, *buttons: QPushButton) -> None:
        """Show a question with a button for each answer; it stays until it is withdrawn or another is asked."""
        self.withdraw()
        self._question = self._add(text, "warning", *buttons)

    @Slot()
    def withdraw(self) -> None:
        """Remove the question."""
        if self._question:
            self._remove(self._question)

    @Slot()
    def dismiss(self) -> None:
        """Remove all messages."""
        for line in self._lines():
            self._remove(line)

    def _lines(self) -> list[_Line]:
        lines = (self._question, *self._failures, self._notice, self._success)
        return [line for line in lines if line is not None]

    def _add(self, text: str, surface: str, *buttons: QPushButton) -> _Line:
        line = _Line(_sentence(text), surface, buttons)
        line.closed.connect(self._on_closed)
        self._column.insertWidget(0, line)
        self.show()
        return line

    @Slot()
    def _on_closed(self) -> None:
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
    """One message with its buttons, and a button that dismisses it."""

    closed = Signal()

    def __init__(self, text: str, surface: str, buttons: tuple[QPushButton, ...]) -> None:
        super().__init__()
        self.text = text
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", surface)
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = icon_button("close", "Dismiss", name="dismiss the message")
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 8, 5)
        row.addWidget(label, 1)
        for each in buttons:
            row.addWidget(each)
        row.addWidget(close)
        self._fading = QTimer(self, singleShot=True, interval=SHORT_MS)
        self._fading.timeout.connect(self.closed)

    def fade(self) -> None:
        """Disappear after a moment."""
        if not self._fading.isActive():
            self._fading.start()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
