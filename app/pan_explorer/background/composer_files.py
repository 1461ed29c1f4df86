"""Files of the composer, read and written behind the window."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.composer.composition import Background, Composition
from pan.data.composer.saved_set import add_compositions, read_composition
from pan.data.composer.variations import background_of
from pan.data.images import load_image
from pan_explorer.background.job import Work
from pan_explorer.background.jobs import Jobs


@dataclass(frozen=True)
class Saving:
    """How far scenes are written into a set."""

    folder: Path
    done: int
    total: int


class ComposerFiles(QObject):
    """Sets are written one after the other; of what is to be read, the last is."""

    written = Signal(object)  # Saving; the index tells of its scenes once `done` equals `total`
    background_read = Signal(object)  # Background
    composition_read = Signal(object)  # Composition
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._saves, self._reads = Jobs(self), Jobs(self)
        for jobs in (self._saves, self._reads):
            jobs.progressed.connect(self._tell)
            jobs.failed.connect(self.failed)

    def is_saving(self) -> bool:
        """Whether scenes are being written."""
        return self._saves.is_busy()

    def save(self, folder: Path, compositions: Iterable[Composition], total: int, query: str | None = None) -> None:
        """Add scenes to a set; `written` tells how far it is, once more when all is done."""
        self._saves.add(_save(folder, compositions, total, query))

    def read_background(self, path: Path) -> None:
        """Read any image as a background."""
        self._reads.replace(_read_background(path))

    def read_composition(self, path: Path) -> None:
        """Read what was composed before."""
        self._reads.replace(_read_composition(path))

    def close(self, timeout_ms: int) -> bool:
        """Stop, the set that is being added to staying as it was; False if that takes longer than the bound."""
        ended = [jobs.close(timeout_ms) for jobs in (self._saves, self._reads)]
        return all(ended)

    @Slot(object)
    def _tell(self, events: tuple[object, ...]) -> None:
        match events[-1]:
            case Saving() as saving:
                self.written.emit(saving)
            case Composition() as composition:
                self.composition_read.emit(composition)
            case background:
                self.background_read.emit(background)


def _save(folder: Path, compositions: Iterable[Composition], total: int, query: str | None) -> Work[Saving]:
    def work() -> Generator[Saving, None, None]:
        for done in add_compositions(folder, compositions, query):
            if done < total:  # the last is told when the index is written too
                yield Saving(folder, done, total)
        yield Saving(folder, total, total)

    return work


def _read_background(path: Path) -> Work[Background]:
    def work() -> Generator[Background, None, None]:
        yield background_of(load_image(path))

    return work


def _read_composition(path: Path) -> Work[Composition]:
    def work() -> Generator[Composition, None, None]:
        yield read_composition(path)

    return work
