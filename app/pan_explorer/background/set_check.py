"""Looks through a set behind the window; what was asked last is told."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.check import Checked, check_set
from pan.data.sources import Preparing
from pan_explorer.background.job import Work
from pan_explorer.background.jobs import Jobs


class SetCheck(QObject):
    """Tells what a set holds and what is odd about it, or why it cannot be read.

    Args:
        parent: Owner; it must call `close`.
    """

    progressed = Signal(int, int)  # questions looked at, of how many
    told = Signal(object)  # Checked
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(self._on_progress)
        self._jobs.failed.connect(self.failed)

    def look(self, folder: Path) -> None:
        """Look through this set and no other."""
        self._jobs.replace(_looking(folder))

    def drop(self) -> None:
        """Tell nothing more."""
        self._jobs.drop()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self.drop()
        return self._jobs.close(timeout_ms)

    @Slot(object)
    def _on_progress(self, events: tuple[Preparing | Checked, ...]) -> None:
        last = events[-1]
        if isinstance(last, Checked):
            self.told.emit(last)
        else:
            self.progressed.emit(last.done, last.total)


def _looking(folder: Path) -> Work[Preparing | Checked]:
    def work() -> Generator[Preparing | Checked, None, None]:
        yield (yield from check_set(folder))

    return work
