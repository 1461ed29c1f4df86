"""Work that waits for its turn: one job after the other."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal, Slot

from pan_explorer.background.job import Job, Work


class JobQueue(QObject):
    """Does what it is given in that order, each in a thread of its own; what fails does not hold up the rest.

    Args:
        parent: Owner; it must call `close`.
    """

    progressed = Signal(object)  # tuple of events, in order
    failed = Signal(str)  # one sentence

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._waiting: deque[Work[object]] = deque()

    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    def add(self, work: Work[object]) -> None:
        """Do this after all that waits; the same work waits once."""
        if work not in self._waiting:
            self._waiting.append(work)
        self._begin_next()

    def close(self, timeout_ms: int) -> bool:
        """Do no more, and block until the thread has ended; False if that takes longer than the bound."""
        self._waiting.clear()
        return self._job is None or self._job.wait(timeout_ms)

    def _begin_next(self) -> None:
        if self._job or not self._waiting:
            return
        self._job = Job(self._waiting.popleft(), self)
        self._job.progressed.connect(self.progressed)
        self._job.failed.connect(self.failed)
        for ended in (self._job.finished, self._job.failed):
            ended.connect(self._on_ended)
        self._job.start()

    @Slot()
    def _on_ended(self) -> None:
        if self._job:
            self._job.deleteLater()
        self._job = None
        self._begin_next()
