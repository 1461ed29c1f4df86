"""The check of a user's set when it is opened for the first time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.check import Checked
from pan_explorer import settings
from pan_explorer.background.set_check import SetCheck

MOST_OPENED = 500
"""Images that a first look opens, which takes seconds: a fault of one image in a hundred is then hardly missed."""


class FirstLook(QObject):
    """Checks each set once; errors of unreadable sets are left to the reader.

    Args:
        parent: Owner; it must call `close`.
    """

    found = Signal(object)  # Checked
    outdated = Signal()  # the last checked set is no longer open

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._check = SetCheck(self)
        self._check.found.connect(self._take)

    @Slot(object)
    def look(self, own_set: Path | None) -> None:
        """Check a set in the background unless it has been checked before; None if no set of the user is open."""
        self._check.drop()
        self.outdated.emit()
        if own_set is not None and not settings.is_known_set(own_set):
            self._check.look(own_set, MOST_OPENED)

    def is_looking(self) -> bool:
        """Whether a set is being checked."""
        return self._check.is_looking()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        return self._check.close(timeout_ms)

    @Slot(object)
    def _take(self, checked: Checked) -> None:
        settings.keep_known_set(Path(checked.data))
        self.found.emit(checked)
