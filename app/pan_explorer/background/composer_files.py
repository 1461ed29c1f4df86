"""Files of the composer, read and written behind the window."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.composer.composition import Background, Composition
from pan.data.composer.saved_set import add_compositions, read_composition
from pan.data.composer.variations import background_of
from pan.data.opening import load_image
from pan_explorer.background.job import Job, Work


@dataclass(frozen=True)
class Saving:
    """How far scenes are written into a set."""

    folder: Path
    done: int
    total: int


class ComposerFiles(QObject):
    """One file or set at a time."""

    written = Signal(object)  # Saving; the index tells of its scenes once `done` equals `total`
    background_read = Signal(object)  # Background
    composition_read = Signal(object)  # Composition
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    def save(self, folder: Path, compositions: Iterable[Composition], total: int, query: str | None = None) -> None:
        """Add scenes to a set; `written` tells how far it is, once more when all is done."""
        self._start(_save(folder, compositions, total, query), f"wait until the scenes are saved in {folder.name}")

    def read_background(self, path: Path) -> None:
        """Read any image as a background."""
        self._start(_read_background(path), "wait until the image is read")

    def read_composition(self, path: Path) -> None:
        """Read what was composed before."""
        self._start(_read_composition(path), "wait until the scene is read")

    def close(self, timeout_ms: int) -> bool:
        """Stop, the set that is being added to staying as it was; False if that takes longer than the bound."""
        if self._job:
            self._job.stop()
            return self._job.wait(timeout_ms)
        return True

    def _start(self, work: Work[object], patience: str) -> None:
        if self._job:
            self.failed.emit(f"Something is being read or written already; {patience}.")
            return
        self._job = Job(work, self)
        self._job.progressed.connect(self._tell)
        self._job.finished.connect(self._end)
        self._job.failed.connect(self._fail)
        self._job.start()

    @Slot(object)
    def _tell(self, events: tuple[object, ...]) -> None:
        match events[-1]:
            case Saving() as saving:
                self.written.emit(saving)
            case Composition() as composition:
                self.composition_read.emit(composition)
            case background:
                self.background_read.emit(background)

    @Slot()
    def _end(self) -> None:
        if self._job:
            self._job.deleteLater()
        self._job = None

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)


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
