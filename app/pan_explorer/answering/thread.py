"""The thread that reads images and runs the networks; the window has one, so that no network is loaded twice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from pan_explorer.answering.requests import AnyQuestion, Opening, Request, SweepQuestion
from pan_explorer.answering.worker import AnsweringWorker, Result
from pan_explorer.system.garbage import GARBAGE
from pan_explorer.system.threads import NO_THREAD, await_thread, begin_thread


class Answering(QObject):
    """The window's side of the thread, with the queue of requests.

    Signals arrive in the thread of this object. Answers come with their question. A question that was replaced by
    another gets no answer.
    """

    answered = Signal(object, object)  # Answers, Question
    tabled = Signal(object, object)  # tuple[Answers, ...], TableQuestion
    swept = Signal(object, object)  # Sweep, SweepQuestion
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
        """Queue a request."""
        if not (self._closed or self._thread.isRunning() or begin_thread(self._thread)):
            self.failed.emit(NO_THREAD)
            return
        self._waiting.append(request)
        self._begin_next()

    def ask(self, question: AnyQuestion) -> None:
        """Ask a question; earlier questions of the same asker are dropped."""
        self.drop(question.asker)
        self.request(question)

    def ask_next(self, question: AnyQuestion) -> None:
        """Ask a question after the current one; it replaces a waiting question of the same asker.

        This is for questions that change faster than networks answer, as during a drag. If each question cancelled
        the current one, no answer would come until the drag ends.
        """
        self._waiting = [each for each in self._waiting if not _is_of(each, question.asker)]
        self.request(question)

    def drop(self, asker: str) -> None:
        """Drop all questions of an asker."""
        self._waiting = [each for each in self._waiting if not _is_of(each, asker)]
        if _is_of(self._in_hand, asker):
            self._worker.wanted = False

    def holds(self, asker: str) -> bool:
        """Whether a question of an asker is waiting or being answered."""
        return any(_is_of(each, asker) for each in (self._in_hand, *self._waiting))

    def opens(self, path: Path) -> bool:
        """Whether a file or set is waiting or being read."""
        return any(isinstance(each, Opening) and each.path == path for each in (self._in_hand, *self._waiting))

    def close(self, timeout_ms: int) -> bool:
        """Cancel the current request and end the thread; False if that takes longer than the timeout."""
        self._closed = True
        self._waiting.clear()
        self._worker.wanted = False
        self._thread.quit()
        if not await_thread(self._thread, timeout_ms):
            return False
        self._put_down()
        return True

    def _begin_next(self) -> None:
        """Begin the oldest request; sweeps come last, and any other request interrupts them."""
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
    def _go_on(self, result: Result | None) -> None:
        """Begin the next request, then emit the result: the networks run while the last answers are painted."""
        dropped = self._closed or (isinstance(self._in_hand, AnyQuestion) and not self._worker.wanted)
        GARBAGE.hold()  # without this hold, garbage would be collected after each answer
        self._put_down()
        GARBAGE.collect()
        self._begin_next()
        GARBAGE.release()
        if result is not None and not dropped:
            getattr(self, result.signal).emit(*result.arguments)


class _Thread(QThread):
    """Keeps a reference to its worker while it runs, even if `Answering` is deleted."""

    def __init__(self, worker: AnsweringWorker) -> None:
        super().__init__()
        self.setObjectName("answering")
        self._worker = worker
        worker.moveToThread(self)


def _is_of(request: Request | None, asker: str) -> bool:
    return isinstance(request, AnyQuestion) and request.asker == asker
