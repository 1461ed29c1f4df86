"""The thread in which images are read and networks asked; the window has one, so that no network is loaded twice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from pan_explorer.answering.requests import Asked, Request, SweepQuestion
from pan_explorer.answering.worker import AnsweringWorker
from pan_explorer.state.answers import Answers
from pan_explorer.state.sweep import Swept
from pan_explorer.system.garbage import GARBAGE
from pan_explorer.system.threads import NO_THREAD, await_thread, begin_thread

PASSED_ON = ("picture_read", "pictures_read", "restored", "loaded", "listed", "failed")


class Answering(QObject):
    """The window's end of the thread, with what waits for it.

    Signals arrive in the thread of this object. Answers come with the question they are about, and never after
    another one was asked in its place.
    """

    answered = Signal(object, object)  # Answers, Question
    tabled = Signal(object, object)  # tuple[Answers, ...], TableQuestion
    swept = Signal(object, object)  # Swept, SweepQuestion
    walked = Signal(object, object)  # list[tuple[Answers, ...]], one for each step, WalkQuestion
    picture_read = Signal(object)  # Picture
    pictures_read = Signal(object)  # PictureSet
    restored = Signal(object)  # Restored
    loaded = Signal(str, str)  # a checkpoint's name, its network's name
    listed = Signal(object)  # tuple[str, ...]
    failed = Signal(str)
    _requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = AnsweringWorker()
        self._thread = _Thread(self._worker)
        self._requested.connect(self._worker.work, Qt.ConnectionType.QueuedConnection)
        self._worker.answered.connect(self._pass_on_answers)
        self._worker.tabled.connect(self._pass_on_table)
        self._worker.swept.connect(self._pass_on_sweep)
        self._worker.walked.connect(self._pass_on_walk)
        self._worker.done.connect(self._go_on)
        for name in PASSED_ON:
            getattr(self._worker, name).connect(getattr(self, name))
        self._in_hand: Request | None = None
        self._waiting: list[Request] = []
        self._closed = False

    def request(self, request: Request) -> None:
        """Have something done after what was requested before."""
        if not (self._closed or self._thread.isRunning() or begin_thread(self._thread)):
            self.failed.emit(NO_THREAD)
            return
        self._waiting.append(request)
        self._begin_next()

    def ask(self, question: Asked) -> None:
        """Ask; what the same asker asked before is answered no more."""
        self.drop(question.asker)
        self.request(question)

    def ask_next(self, question: Asked) -> None:
        """Ask as soon as the work in hand is done; of what the same asker has waiting, only the latest is asked.

        For what changes faster than networks answer, as under a moving hand: leaving each question for the next would
        leave the hand without answers until it rests.
        """
        self._waiting = [each for each in self._waiting if not _is_of(each, question.asker)]
        self.request(question)

    def drop(self, asker: str) -> None:
        """Answer somebody no more."""
        self._waiting = [each for each in self._waiting if not _is_of(each, asker)]
        if _is_of(self._in_hand, asker):
            self._worker.wanted = False

    def holds(self, asker: str) -> bool:
        """Whether something that somebody asked waits or is being answered."""
        return any(_is_of(each, asker) for each in (self._in_hand, *self._waiting))

    def close(self, timeout_ms: int) -> bool:
        """Leave the work in hand as soon as can be, and end the thread; False if that takes longer than the bound."""
        self._closed = True
        self._waiting.clear()
        self._worker.wanted = False
        self._thread.quit()
        if not await_thread(self._thread, timeout_ms):
            return False
        self._put_down()
        return True

    def _begin_next(self) -> None:
        """Begin what was requested first; sweeps come last, and give way to all else."""
        pressing = [each for each in self._waiting if not isinstance(each, SweepQuestion)]
        if isinstance(self._in_hand, SweepQuestion) and pressing and self._worker.wanted:
            self._worker.wanted = False
            self._waiting.append(self._in_hand)
        if self._in_hand or self._closed or not self._waiting:
            return
        self._in_hand = (pressing or self._waiting)[0]
        self._waiting.remove(self._in_hand)
        self._worker.wanted = True
        GARBAGE.hold()
        self._requested.emit(self._in_hand)

    def _put_down(self) -> None:
        if self._in_hand:
            self._in_hand = None
            GARBAGE.release()

    @Slot()
    def _go_on(self) -> None:
        self._put_down()
        self._begin_next()

    @Slot(object, object)
    def _pass_on_answers(self, answers: Answers, question: Request) -> None:
        if self._worker.wanted:
            self.answered.emit(answers, question)

    @Slot(object, object)
    def _pass_on_table(self, table: tuple[Answers, ...], question: Request) -> None:
        if self._worker.wanted:
            self.tabled.emit(table, question)

    @Slot(object, object)
    def _pass_on_sweep(self, swept: Swept, question: Request) -> None:
        if self._worker.wanted:
            self.swept.emit(swept, question)

    @Slot(object, object)
    def _pass_on_walk(self, rows: list[tuple[Answers, ...]], question: Request) -> None:
        if self._worker.wanted:
            self.walked.emit(rows, question)


class _Thread(QThread):
    """Keeps its worker as long as it runs, whatever becomes of the window's end."""

    def __init__(self, worker: AnsweringWorker) -> None:
        super().__init__()
        self.setObjectName("answering")
        self._worker = worker
        worker.moveToThread(self)


def _is_of(request: Request | None, asker: str) -> bool:
    return isinstance(request, Asked) and request.asker == asker
