"""Closing the window while a network trains: ask, stop, wait until it is saved, close."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton

from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.session.session import Session

LONGEST_MS = 20_000
"""A step that takes longer is not waited for; what the run has written is whole."""


class Closing(QObject):
    """Says when the window may close; a run is neither lost nor left behind."""

    may_close = Signal()

    def __init__(self, session: Session, strip: MessageStrip) -> None:
        super().__init__(strip)
        self._session, self._strip = session, strip
        self._stopping = False
        self._patience = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._patience.timeout.connect(self._close_anyway)
        self._waited_enough = False
        session.training.state_changed.connect(self._look_again)

    def allows(self) -> bool:
        """Whether nothing is in the way; if something is, the user has been asked what to do."""
        if self._waited_enough or not self._session.training.is_running():
            return True
        if not self._stopping:
            stop, go_on = QPushButton("Stop, keep and close"), QPushButton("Go on training")
            stop.clicked.connect(self._stop)
            go_on.clicked.connect(self._strip.dismiss)
            self._strip.ask("A network is training. What it has learnt so far can be kept.", stop, go_on)
        return False

    @Slot()
    def _stop(self) -> None:
        self._stopping = True
        self._strip.ask("Saving …")
        self._patience.start()
        self._session.training.stop()
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        if self._stopping and not self._session.training.is_running():
            self._stopping = False
            self._patience.stop()
            self.may_close.emit()

    @Slot()
    def _close_anyway(self) -> None:
        self._waited_enough = True
        self.may_close.emit()
