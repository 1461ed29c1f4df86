"""Looks at the data of a run before it begins; what was asked last is told."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.sources import Sources
from pan_explorer.background.jobs import Jobs


class SurveySession(QObject):
    """Tells what is found, or why it cannot be used.

    It outlives whoever asks: reading a large index takes longer than anybody waits who has closed a dialog.
    """

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(self._on_found)
        self._jobs.failed.connect(self.failed)

    def look(self, kind: str, sources: Sources) -> None:
        """Look at these and at nothing else."""
        def work() -> Generator[str, None, None]:
            from pan.data.survey import survey  # this reads files, for which the window does not wait

            yield survey(kind, sources)

        self._jobs.replace(work)

    def drop(self) -> None:
        """Tell nothing more."""
        self._jobs.drop()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self.drop()
        return self._jobs.close(timeout_ms)

    @Slot(object)
    def _on_found(self, found: tuple[str, ...]) -> None:
        self.told.emit(found[-1])
