"""The thread in which images are read, networks asked and figures written; the latest question wins."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from app.faults import unexpected
from app.garbage import GARBAGE
from app.pictures import is_reference_set, read_picture, read_pictures
from app.restoring import restore
from app.session_file import SUFFIX
from app.values import Answers, Picture
from pan.errors import InputError
from pan.surgery import Surgery

if TYPE_CHECKING:
    from app.reader import Reader


@dataclass(frozen=True, eq=False)
class Question:
    """Asks the models; its number says which question is the latest."""

    number: int
    picture: Picture
    query: str
    models: tuple[str, ...]
    surgeries: Mapping[str, Surgery]


@dataclass(frozen=True)
class Opening:
    """Reads an image file, or a reference set from its folder."""

    path: Path


@dataclass(frozen=True)
class Loading:
    """Loads a checkpoint to see whether it can be used."""

    model: str


@dataclass(frozen=True)
class Listing:
    """Lists the checkpoints that come with the program."""


@dataclass(frozen=True, eq=False)
class TableQuestion:
    """Asks the models several queries at once; its number says which table is the latest."""

    number: int
    picture: Picture
    queries: tuple[str, ...]
    models: tuple[str, ...]
    surgeries: Mapping[str, Surgery]


@dataclass(frozen=True, eq=False)
class Writing:
    """Writes a file."""

    path: Path
    write: Callable[[Path], object]


@dataclass(frozen=True, eq=False)
class Drawing:
    """Draws a PNG for the clipboard."""

    write: Callable[[Path], object]


NONE: Mapping[str, Surgery] = MappingProxyType({})

Request = Question | Opening | Loading | Listing | TableQuestion | Writing | Drawing


PASSED_ON = (
    "picture_read", "pictures_read", "restored", "loaded", "listed", "exported", "figure_drawn", "failed",
)  # fmt: skip


class Answering(QObject):
    """The window's end of the thread.

    Signals arrive in the thread of this object. A question that is asked while another waits or runs replaces it.
    """

    answered = Signal(object)  # Answers
    tabled = Signal(object)  # tuple[Answers, ...]
    picture_read = Signal(object)  # Picture
    pictures_read = Signal(object)  # PictureSet
    restored = Signal(object)  # Restored
    loaded = Signal(str, str)  # a checkpoint's name, its network's name
    listed = Signal(object)  # tuple[str, ...]
    exported = Signal(object)  # Path
    figure_drawn = Signal(bytes)  # PNG
    failed = Signal(str)
    _requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("answering")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._requested.connect(self._worker.work, Qt.ConnectionType.QueuedConnection)
        self._worker.answered.connect(self._pass_on_if_latest)
        self._worker.tabled.connect(self._pass_on_table)
        self._worker.done.connect(self._release_garbage)
        self._unfinished = 0
        self._waiting: tuple[Picture, str, tuple[str, ...], Mapping[str, Surgery]] | None = None
        for name in PASSED_ON:
            getattr(self._worker, name).connect(getattr(self, name))
        self._thread.start()

    def ask(
        self, picture: Picture, query: str, models: tuple[str, ...], surgeries: Mapping[str, Surgery] = NONE
    ) -> None:
        """Ask the models, some of them under surgery; earlier questions are forgotten."""
        self._waiting = None
        self._worker.latest += 1
        self.request(Question(self._worker.latest, picture, query, models, surgeries))

    def follow(
        self, picture: Picture, query: str, models: tuple[str, ...], surgeries: Mapping[str, Surgery] = NONE
    ) -> None:
        """Ask as soon as the work in hand is done; of the questions that wait, only the latest is asked.

        For what changes faster than networks answer, as under a moving hand: forgetting each question for the next
        would leave the hand without answers until it rests.
        """
        if self._unfinished:
            self._waiting = (picture, query, models, surgeries)
        else:
            self.ask(picture, query, models, surgeries)

    def ask_all(
        self, picture: Picture, queries: tuple[str, ...], models: tuple[str, ...], surgeries: Mapping[str, Surgery]
    ) -> None:
        """Ask the models several queries in one pass; earlier tables are forgotten."""
        self._worker.latest_table += 1
        self.request(TableQuestion(self._worker.latest_table, picture, queries, models, surgeries))

    def request(self, request: Request) -> None:
        """Have something done after what was requested before."""
        GARBAGE.hold()
        self._unfinished += 1
        self._requested.emit(request)

    def close(self) -> None:
        """Finish the work in hand and end the thread."""
        self._waiting = None
        self._worker.latest += 1
        self._worker.latest_table += 1
        self._thread.quit()
        self._thread.wait()
        while self._unfinished:
            self._release_garbage()

    @Slot()
    def _release_garbage(self) -> None:
        if self._unfinished:  # else it was released when the thread was closed
            self._unfinished -= 1
            GARBAGE.release()
        if self._waiting and not self._unfinished:
            self.ask(*self._waiting)

    @Slot(object, int)
    def _pass_on_if_latest(self, answers: Answers, number: int) -> None:
        if number == self._worker.latest:
            self.answered.emit(answers)

    @Slot(object, int)
    def _pass_on_table(self, table: tuple[Answers, ...], number: int) -> None:
        if number == self._worker.latest_table:
            self.tabled.emit(table)


class _Worker(QObject):
    answered = Signal(object, int)
    tabled = Signal(object, int)
    done = Signal()
    picture_read = Signal(object)
    pictures_read = Signal(object)
    restored = Signal(object)
    loaded = Signal(str, str)
    listed = Signal(object)
    exported = Signal(object)
    figure_drawn = Signal(bytes)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.latest = self.latest_table = 0  # written by the window's thread, read by the worker's

    @cached_property
    def _reader(self) -> Reader:
        from app.reader import Reader  # torch takes seconds to import; the window is there by now

        return Reader()

    @Slot(object)
    def work(self, request: Request) -> None:
        try:
            self._work(request)
        except InputError as error:
            self.failed.emit(str(error))
        except MemoryError:
            self.failed.emit("There is not enough memory for this; close other programs or take a smaller image.")
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the thread
            self.failed.emit(unexpected(error))
        finally:
            self.done.emit()

    def _work(self, request: Request) -> None:
        match request:
            case Question():
                self._answer(request)
            case Opening(path):
                self._open(path)
            case Loading(model):
                self.loaded.emit(model, self._reader.load(model).recipe.model)
            case Listing():
                from pan.checkpoint import shipped_checkpoints

                self.listed.emit(tuple(shipped_checkpoints()))
            case TableQuestion(number, picture, queries, models, surgeries):
                table = self._reader.read_table(
                    picture, queries, models, surgeries, lambda: number == self.latest_table
                )
                if table is not None:
                    self.tabled.emit(table, number)
            case Writing(path, write):
                write(path)
                self.exported.emit(path)
            case Drawing(write):
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "figure.png"
                    write(path)
                    self.figure_drawn.emit(path.read_bytes())

    def _answer(self, question: Question) -> None:
        def is_wanted() -> bool:
            return question.number == self.latest

        answers = self._reader.read(
            question.picture, question.query, question.models, question.surgeries, is_wanted
        )
        if answers is not None:
            self.answered.emit(answers, question.number)

    def _open(self, path: Path) -> None:
        if is_reference_set(path):
            self.pictures_read.emit(read_pictures(path))
        elif path.suffix.lower() == SUFFIX:
            self.restored.emit(restore(path, lambda name: self._reader.load(name).recipe.model))
        elif path.is_dir():
            raise InputError(f"{path} is a folder without index.csv; open an image or a reference set.")
        else:
            self.picture_read.emit(read_picture(path))


