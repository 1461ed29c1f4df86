"""Looks something up in the background; only the last request counts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from pan_explorer.background.job import Work
from pan_explorer.background.jobs import Jobs


class Latest(QObject):
    """Tells what the last look-up found, or why it failed.

    It outlives whoever asks: reading a large index takes longer than anybody waits who has closed a dialog.

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
        """Do this and nothing else."""
        self._jobs.replace(work)

    def drop(self) -> None:
        """Find nothing more."""
        self._jobs.drop()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self.drop()
        return self._jobs.close(timeout_ms)

    @Slot(object)
    def _take(self, events: tuple[object, ...]) -> None:
        self.found.emit(events[-1])
