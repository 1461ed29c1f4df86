"""The check of a set, in the background."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from pan.data.check import Checked, check_set
from pan.system.steps import Preparing
from pan_explorer.background.job import Work
from pan_explorer.background.latest_job import LatestJob


class SetCheck(LatestJob):
    """Checks a set; `found` emits a `Checked`."""

    progressed = Signal(int, int)  # questions checked, and their total

    def look(self, folder: Path, most_opened: int | None = None) -> None:
        """Check this set instead of any earlier one; at most this many images are opened, by default all."""
        self.look_up(_looking(folder, most_opened))

    def is_looking(self) -> bool:
        """Whether a set is being checked."""
        return self._jobs.is_busy()

    @Slot(object)
    def _take(self, events: tuple[object, ...]) -> None:
        if isinstance(last := events[-1], Preparing):
            self.progressed.emit(last.done, last.total)
        else:
            super()._take(events)


def _looking(folder: Path, most_opened: int | None) -> Work[Preparing | Checked]:
    def work() -> Generator[Preparing | Checked, None, None]:
        yield (yield from check_set(folder, most_opened))

    return work
