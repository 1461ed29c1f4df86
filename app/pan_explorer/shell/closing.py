"""Closing the window: ask about unsaved work, let a running training save its weights, then close."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton

from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.panels.file_dialogs import choose_session_file
from pan_explorer.session.session import Session
from pan_explorer.session.unfinished import UNSAVED_SCENE, UNSAVED_SURGERY, unfinished

LONGEST_MS = 20_000
"""The longest wait for a training step; the run's files are complete at any time."""
LOOK_MS = 200


class Closing(QObject):
    """Decides when the window may close; asks before any work is lost."""

    may_close = Signal()

    def __init__(self, session: Session, strip: MessageStrip) -> None:
        super().__init__(strip)
        self._session, self._strip = session, strip
        self._stopping = self._agreed = False
        self._asked: tuple[str, ...] = ()
        self._looks = QTimer(self, interval=LOOK_MS)  # not every part tells when its work ends
        self._looks.timeout.connect(self._withdraw_if_done)
        self._wait = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._wait.timeout.connect(self._close_now)
        session.training.state_changed.connect(self._close_if_ended)

    def allows(self) -> bool:
        """Whether the window may close; if not, asks the user what to do."""
        if self._agreed:
            return True
        lost = unfinished(self._session)
        if lost and not self._stopping:
            self._ask(lost)
        return not lost

    def _ask(self, lost: tuple[str, ...]) -> None:
        training = self._session.training.is_running()
        close = QPushButton("Stop, keep and close" if training else "Close all the same")
        go_on, buttons = QPushButton("Go on"), [close]
        close.clicked.connect(self._stop)
        go_on.clicked.connect(self._withdraw)
        if not {UNSAVED_SCENE, UNSAVED_SURGERY}.isdisjoint(lost):
            save = QPushButton("Save session …")
            save.clicked.connect(self._save)
            buttons.insert(0, save)
        self._strip.ask(" ".join(lost), *buttons, go_on)
        self._asked = lost
        self._looks.start()

    def _asks_anew(self) -> bool:
        """Whether something would be lost that the user was not asked about; asks about it."""
        lost = unfinished(self._session)
        if set(lost) <= set(self._asked):
            return False
        self._ask(lost)
        return True

    @Slot()
    def _withdraw_if_done(self) -> None:
        if not self._strip.is_asking or not unfinished(self._session):
            self._withdraw()

    @Slot()
    def _withdraw(self) -> None:
        self._looks.stop()
        self._strip.withdraw()

    @Slot()
    def _save(self) -> None:
        walk = self._session.walk
        if walk.before and walk.before.is_unsaved:
            walk.leave()  # a session file holds the present state, not the one before the walk
        choose_session_file(self._strip.window(), self._session)

    @Slot()
    def _stop(self) -> None:
        if self._asks_anew():
            return
        self._looks.stop()
        if not self._session.training.is_running():
            self._close_now()
            return
        self._stopping = True
        self._strip.ask("Saving …")
        self._wait.start()
        self._session.training.stop()
        self._close_if_ended()

    @Slot()
    def _close_if_ended(self) -> None:
        if not self._stopping or self._session.training.is_running():
            return
        self._stopping = False
        self._wait.stop()
        if not self._asks_anew():
            self._close_now()

    @Slot()
    def _close_now(self) -> None:
        self._stopping, self._agreed = False, True
        self._wait.stop()
        self.may_close.emit()
