"""A queue of background jobs with one owner."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QDeadlineTimer, QObject, Signal, SignalInstance, Slot

from pan_explorer.background.job import Job, Work


class Jobs(QObject):
    """Runs one job at a time, in the order in which they were added; after a failure the next one runs.

    A dropped job emits no more signals. Its thread ends after the current event, and the next job begins after that, so
    an owner never has two threads.

    Args:
        parent: Owner; it must call `close`.

    Attributes:
        details: The traceback behind the last `failed`, for the log; empty for an `InputError`.
    """

    progressed = Signal(object)  # tuple of events, in order
    finished = Signal()
    cancelled = Signal()
    failed = Signal(str)  # one sentence

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.details = ""
        self._job: Job | None = None
        self._current: Work[object] | None = None  # None while a dropped job ends
        self._waiting: deque[Work[object]] = deque()
        self._closed = False

    @property
    def works(self) -> tuple[Work[object], ...]:
        """The work of the running job, followed by the waiting work."""
        return (*([self._current] if self._current else []), *self._waiting)

    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self.works)

    def add(self, work: Work[object]) -> None:
        """Run this after all waiting work; work that is already waiting is not added again."""
        if not self._closed and work not in self._waiting:
            self._waiting.append(work)
        self._begin_next()

    def replace(self, work: Work[object]) -> None:
        """Drop all other jobs, then run this."""
        self.drop()
        self.add(work)

    def pause(self) -> None:
        """Pause the running job after its current event."""
        if self._job:
            self._job.pause()

    def go_on(self) -> None:
        """End a pause."""
        if self._job:
            self._job.go_on()

    def stop(self) -> None:
        """End the running job after its current event, with `finished`."""
        if self._job:
            self._job.stop()

    def cancel(self) -> None:
        """End the running job after its current event, with `cancelled`."""
        if self._job:
            self._job.cancel()

    def drop_waiting(self) -> None:
        """Remove the waiting work; the running job goes on."""
        self._waiting.clear()

    def drop(self) -> None:
        """Cancel the running job and remove the waiting work; no further signal is emitted for them."""
        self.drop_waiting()
        self._current = None
        self.cancel()

    def close(self, timeout_ms: int) -> bool:
        """Stop, accept no more work, and block until the thread has ended; False if that takes longer."""
        self._closed = True
        self.drop_waiting()
        if self._current:
            self.stop()
        return self._wait(timeout_ms)

    def finish(self, timeout_ms: int) -> bool:
        """Accept no more work, and block until all accepted work is done; False if that takes longer."""
        self._closed = True
        return self._wait(timeout_ms)

    def _wait(self, timeout_ms: int) -> bool:
        deadline = QDeadlineTimer(timeout_ms)
        while self._job:
            if not self._job.wait(deadline.remainingTime()):
                return False
        return True

    def _begin_next(self) -> None:
        if self._job or not self._waiting:
            return
        self._current = self._waiting.popleft()
        self._job = Job(self._current, self)
        self._job.progressed.connect(self._on_progress)
        self._job.finished.connect(self._on_finished)
        self._job.cancelled.connect(self._on_cancelled)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    @Slot(object)
    def _on_progress(self, events: tuple[object, ...]) -> None:
        if self._current:
            self.progressed.emit(events)

    @Slot()
    def _on_finished(self) -> None:
        self._end(self.finished)

    @Slot()
    def _on_cancelled(self) -> None:
        self._end(self.cancelled)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._end(self.failed, sentence)

    def _end(self, outcome: SignalInstance, *values: str) -> None:
        is_wanted, self._current = self._current is not None, None
        if self._job:
            self.details = self._job.details
            self._job.deleteLater()
        self._job = None
        if is_wanted:
            outcome.emit(*values)
        self._begin_next()
