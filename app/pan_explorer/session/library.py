"""The part of the session for the library of networks: listed, imported, renamed, exported, deleted."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QDir, QFile, QObject, QStandardPaths, Signal, Slot

from pan.system.errors import InputError
from pan_explorer.background.jobs import Jobs
from pan_explorer.session.training import TrainingSession

if TYPE_CHECKING:
    from pan.checkpoints.library import Entry  # imports torch, for which the window does not wait


class Listed(NamedTuple):
    """Event: the list of networks."""

    entries: tuple[Entry, ...]


class Moved(NamedTuple):
    """Event: a checkpoint has a new name; an empty one if it was deleted."""

    old: str
    new: str


class Imported(NamedTuple):
    """Event: a checkpoint has been imported."""

    name: str


class Done(NamedTuple):
    """Event: an action has succeeded, with a sentence about it."""

    sentence: str


class LibrarySession(QObject):
    """Runs actions in the background, one after the other; after every change the list is read again.

    Args:
        training: Knows which run is being trained and must not be changed.
        parent: Owner.
    """

    entries_changed = Signal(object)  # tuple of Entry
    moved = Signal(str, str)  # old and new name of a checkpoint; the new one is empty if it was deleted
    imported = Signal(str)  # the new checkpoint's name
    succeeded = Signal(str)  # one sentence
    failed = Signal(str)  # one sentence

    def __init__(self, training: TrainingSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._entries: tuple[Entry, ...] | None = None
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(self._on_events)
        self._jobs.failed.connect(self.failed)
        training.finished_run.connect(self._on_finished_run)

    @property
    def entries(self) -> tuple[Entry, ...] | None:
        """All networks of the library; None until it has been read."""
        return self._entries

    def is_busy(self) -> bool:
        """Whether an action is running or waiting."""
        return self._jobs.is_busy()

    def is_changing(self) -> bool:
        """Whether an action other than listing is running or waiting."""
        return any(work is not _list for work in self._jobs.works)

    def look_up(self) -> None:
        """Read the list again; `entries_changed` emits it."""
        self._jobs.add(_list)

    def import_network(self, source: Path) -> None:
        """Copy a checkpoint file, or the best weights of a run, into the library."""
        self._jobs.add(lambda: _import(source))

    def rename(self, entry: Entry, name: str) -> None:
        """Rename an imported checkpoint or a run."""
        if name != entry.title and self._may_be_moved(entry):
            self._jobs.add(partial(self._unless_in_training, entry, _rename(entry, name)))

    def export(self, entry: Entry, target: Path) -> None:
        """Copy a network's file to another location."""
        self._jobs.add(lambda: _export(entry, target))

    def delete(self, entries: Sequence[Entry]) -> None:
        """Move imported checkpoints and runs to the bin."""
        for entry in filter(self._may_be_moved, entries):
            self._jobs.add(partial(self._unless_in_training, entry, _delete(entry)))

    def is_in_training(self, entry: Entry) -> bool:
        """Whether the entry is the run that is being trained."""
        return self._training.holds(entry.path)

    def close(self, timeout_ms: int) -> bool:
        """Drop waiting actions, and block until the thread has ended; False if that takes longer."""
        return self._jobs.close(timeout_ms)

    def _may_be_moved(self, entry: Entry) -> bool:
        if self.is_in_training(entry):
            self.failed.emit(_refusal(entry))
            return False
        return True

    def _unless_in_training(self, entry: Entry, events: Iterable[object]) -> Generator[object, None, None]:
        """The events of an action; refused if the training of the run has begun while the action waited."""
        if self.is_in_training(entry):
            yield from _list()  # what was typed gives way to the name
            raise InputError(_refusal(entry))
        yield from events

    @Slot(object)
    def _on_events(self, events: tuple[object, ...]) -> None:
        for event in events:
            match event:
                case Listed(entries):
                    self._entries = entries
                    self.entries_changed.emit(entries)
                case Moved(old, new):
                    self.moved.emit(old, new)
                case Imported(name):
                    self.imported.emit(name)
                case Done(sentence):
                    self.succeeded.emit(sentence)

    @Slot()
    def _on_finished_run(self) -> None:
        if self._entries is not None:
            self.look_up()


def _refusal(entry: Entry) -> str:
    return f"{entry.title} is being trained; stop it first."


def _list() -> Generator[object, None, None]:
    from pan.checkpoints.library import list_entries  # this brings torch, for which the window does not wait

    yield Listed(list_entries())


def _import(source: Path) -> Generator[object, None, None]:
    from pan.checkpoints.library import import_checkpoint

    name = import_checkpoint(source)
    yield from _list()
    yield Imported(name)
    yield Done(f"Imported as {name}")


def _rename(entry: Entry, name: str) -> Generator[object, None, None]:
    from pan.checkpoints.library import rename

    try:
        yield Moved(entry.name, rename(entry, name))
    except InputError:
        yield from _list()  # what was typed gives way to the name
        raise
    yield from _list()


def _export(entry: Entry, target: Path) -> Generator[object, None, None]:
    from pan.checkpoints.library import export

    export(entry, target)
    yield Done(f"Saved {target}")


def _delete(entry: Entry) -> Generator[object, None, None]:
    from pan.checkpoints.library import refuse_in_use, refuse_shipped

    refuse_shipped(entry)
    refuse_in_use(entry)
    if not _move_to_bin(entry.path):
        raise InputError(f"{entry.path} cannot be moved to the bin and stays where it is; Show in folder leads to it.")
    yield Moved(entry.name, "")
    yield from _list()
    yield Done(f"{entry.title} lies in the bin")


def _move_to_bin(path: Path) -> bool:
    above_bin = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    QDir().mkpath(above_bin)  # which Qt does not do
    return QFile(str(path)).moveToTrash()
