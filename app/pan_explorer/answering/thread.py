"""The thread in which images are read and networks asked; the window has one, so that no network is loaded twice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from pan_explorer.answering.requests import Asked, Request, SweepQuestion
from pan_explorer.answering.worker import AnsweringWorker, Told
from pan_explorer.system.garbage import GARBAGE
from pan_explorer.system.threads import NO_THREAD, await_thread, begin_thread


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
        self._worker.done.connect(self._go_on)
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

    @Slot(object)
    def _go_on(self, told: Told | None) -> None:
        """Begin what waits, then pass on what came: the networks are asked while the last answers are painted."""
        dropped = isinstance(self._in_hand, Asked) and not self._worker.wanted
        GARBAGE.hold()  # let go and held anew at each answer, it would be collected at each
        self._put_down()
        self._begin_next()
        GARBAGE.release()
        if told is not None and not dropped:
            getattr(self, told.signal).emit(*told.arguments)


class _Thread(QThread):
    """Keeps its worker as long as it runs, whatever becomes of the window's end."""

    def __init__(self, worker: AnsweringWorker) -> None:
        super().__init__()
        self.setObjectName("answering")
        self._worker = worker
        worker.moveToThread(self)


def _is_of(request: Request | None, asker: str) -> bool:
    return isinstance(request, Asked) and request.asker == asker
