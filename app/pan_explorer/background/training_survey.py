"""Looks at the data of a run before it begins; the latest wish wins."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.sources import Sources
from pan_explorer.background.job import Job

CLOSE_MS = 30_000


class SurveySession(QObject):
    """Tells what is found, or why it cannot be used."""

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._next: tuple[str, Sources] | None = None

    def look(self, kind: str, sources: Sources) -> None:
        """Look at these, after what is being looked at."""
        self._next = (kind, sources)
        self._begin()

    def close(self) -> None:
        """Look at nothing more, and wait until the thread has ended."""
        self._next = None
        if self._job:
            self._job.stop()
            self._job.wait(CLOSE_MS)

    def _begin(self) -> None:
        if self._job or self._next is None:
            return
        kind, sources = self._next
        self._next = None

        def work() -> Generator[str, None, None]:
            from pan.data.survey import survey  # this reads files, for which the window does not wait

            yield survey(kind, sources)

        self._job = Job(work, self)
        self._job.progressed.connect(self._on_told)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_ended)
        self._job.start()

    @Slot(object)
    def _on_told(self, found: tuple[str, ...]) -> None:
        if self._next is None:
            self.told.emit(found[-1])

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        if self._next is None:
            self.failed.emit(reason)
        self._on_ended()

    @Slot()
    def _on_ended(self) -> None:
        if self._job:
            self._job.deleteLater()
        self._job = None
        self._begin()
