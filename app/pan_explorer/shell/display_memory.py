"""Saves the display settings shortly after their last change."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from pan_explorer import settings
from pan_explorer.session.session import Session

REST_MS = 500
"""A dragged slider changes the display many times a second; the file is written once, after the last change."""


class DisplayMemory(QObject):
    """Writes the display settings of a session, at the latest when the window closes."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._write)
        session.display_changed.connect(self._wait)

    def write_now(self) -> None:
        """Write changes that are not written yet."""
        if self._rest.isActive():
            self._rest.stop()
            self._write()

    @Slot()
    def _wait(self) -> None:
        self._rest.start()

    @Slot()
    def _write(self) -> None:
        before = self._session.walk.before  # a walk's step has a display of its own, not the user's
        settings.keep_display(before.state.display if before else self._session.state.display)
