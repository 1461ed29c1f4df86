"""A background look-up in which a new request replaces the one before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from pan_explorer.background.job import Work
from pan_explorer.background.jobs import Jobs


class LatestJob(QObject):
    """Emits the result of the last request only.

    It belongs to an owner that lives longer than a dialog, because reading a large index may take long.

    Args:
        parent: Owner; it must call `close`.
    """

    found = Signal(object)  # the last event of the work
    failed = Signal(str)  # one sentence

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(self._take)
        self._jobs.failed.connect(self.failed)

    def look_up(self, work: Work[Any]) -> None:
        """Run this instead of any earlier request."""
        self._jobs.replace(work)

    def drop(self) -> None:
        """Cancel the request."""
        self._jobs.drop()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self.drop()
        return self._jobs.close(timeout_ms)

    @Slot(object)
    def _take(self, events: tuple[object, ...]) -> None:
        self.found.emit(events[-1])
