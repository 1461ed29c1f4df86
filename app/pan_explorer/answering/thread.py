"""The thread in which images are read, networks asked and figures written; the latest question wins."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from pan.attention.surgery import Surgery
from pan_explorer.answering.requests import Question, Request, TableQuestion
from pan_explorer.answering.worker import AnsweringWorker
from pan_explorer.pictures.picture import Picture
from pan_explorer.state.answers import Answers
from pan_explorer.system.garbage import GARBAGE

NONE: Mapping[str, Surgery] = MappingProxyType({})

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
    _ending = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("answering")
        self._worker = AnsweringWorker()
        self._worker.moveToThread(self._thread)
        self._requested.connect(self._worker.work, Qt.ConnectionType.QueuedConnection)
        self._ending.connect(self._worker.end, Qt.ConnectionType.QueuedConnection)
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
        """Finish the work in hand, write what is still to be written, and end the thread."""
        self._waiting = None
        self._worker.closing = True
        self._worker.latest += 1
        self._worker.latest_table += 1
        self._ending.emit()
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
