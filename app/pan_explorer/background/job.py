"""A job: a generator that runs in a thread; the GUI thread takes its events ten times a second.

A signal for each training step would slow down small networks, so events wait in a queue that a timer empties.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from enum import Enum, auto
from typing import TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from pan.system.errors import InputError, is_device_failure, is_out_of_memory
from pan_explorer.system.faults import in_words
from pan_explorer.system.garbage import GARBAGE
from pan_explorer.system.threads import NO_THREAD, await_thread, begin_thread

TICK = 100  # milliseconds between two visits of the queue
NICENESS = 5

Event = TypeVar("Event")
Work = Callable[[], Generator[Event, None, None]]


class Command(Enum):
    """What the thread does after the current event."""

    GO_ON = auto()
    STOP = auto()
    CANCEL = auto()


class Job(QObject):
    """Runs one generator until it ends, fails, is stopped or is cancelled.

    The thread checks after each event whether it is to pause, stop or cancel. All signals are emitted in the thread of
    the job's owner; `progressed` brings all events before another signal ends the job.

    Args:
        work: Makes the generator; it is called in the thread, so that slow imports do not block the window.
        parent: Owner.
    """

    progressed = Signal(object)  # tuple of events, in order
    finished = Signal()  # the generator is exhausted, or the job was stopped
    cancelled = Signal()
    failed = Signal(str)  # one sentence

    def __init__(self, work: Work[Event], parent: QObject) -> None:
        super().__init__(parent)
        self._worker = _Worker(work)
        self._worker.finished.connect(self._settle)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._tick)
        self._settled = False

    def start(self) -> None:
        """Start the thread; a job can be started once."""
        GARBAGE.hold()
        self._timer.start()
        if not begin_thread(self._worker, QThread.Priority.LowPriority):
            self._worker.sentence = NO_THREAD
            QTimer.singleShot(0, self, self._settle)

    def is_running(self) -> bool:
        """Whether the job has not ended yet."""
        return self._timer.isActive()

    def pause(self) -> None:
        """Wait after the current event."""
        self._worker.may_go_on.clear()

    def go_on(self) -> None:
        """End a pause."""
        self._worker.may_go_on.set()

    def stop(self) -> None:
        """End after the current event, with `finished`."""
        self._send(Command.STOP)

    def cancel(self) -> None:
        """End after the current event, with `cancelled`."""
        self._send(Command.CANCEL)

    def wait(self, timeout_ms: int) -> bool:
        """Block until the thread has ended and the last signal is emitted; False if that takes longer."""
        if not await_thread(self._worker, timeout_ms):
            return False
        self._settle()
        return True

    @property
    def details(self) -> str:
        """The traceback behind `failed`, for the log; empty for an `InputError`."""
        return self._worker.details

    def _send(self, command: Command) -> None:
        if self._worker.command is Command.GO_ON:
            self._worker.command = command
        self._worker.may_go_on.set()

    @Slot()
    def _tick(self) -> None:
        self._drain()
        GARBAGE.collect()

    def _drain(self) -> None:
        queue = self._worker.events
        if events := tuple(queue.popleft() for _ in range(len(queue))):
            self.progressed.emit(events)

    @Slot()
    def _settle(self) -> None:
        if self._settled:  # by `wait`, before the thread's signal arrived
            return
        self._settled = True
        await_thread(self._worker)
        self._timer.stop()
        self._drain()
        GARBAGE.release()
        if self._worker.sentence:
            self.failed.emit(self._worker.sentence)
        elif self._worker.command is Command.CANCEL:
            self.cancelled.emit()
        else:
            self.finished.emit()


class _Worker(QThread):
    """The thread. Its public attributes are shared with the job."""

    def __init__(self, work: Work[Event]) -> None:
        super().__init__()
        self._work = work
        self.events: deque[object] = deque()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.command = Command.GO_ON
        self.sentence = ""
        self.details = ""

    def _iterate(self) -> None:
        with closing(self._work()) as events:
            for event in events:
                self.events.append(event)
                self.may_go_on.wait()
                if self.command is not Command.GO_ON:
                    return

    def run(self) -> None:
        """Run the generator. No exception leaves the thread, and none is stored, because its frames hold tensors."""
        try:
            _be_nice()
            self._iterate()
        except InputError as error:
            self.sentence = str(error)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the window goes on and reports it
            self.sentence = _sentence(error)
            self.details = traceback.format_exc()


def _be_nice() -> None:
    """Lower this thread's priority below the GUI thread's; threads that torch starts from it inherit the niceness.

    On Linux Qt's thread priorities have no effect, but niceness has. A higher niceness of the program is kept, because
    only the administrator may lower one.
    """
    if sys.platform != "linux":
        return
    thread = threading.get_native_id()
    with suppress(OSError):  # a sandbox may refuse it; then both have the same priority
        os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))


def _sentence(error: BaseException) -> str:
    if not isinstance(error, Exception):
        return f"The work was ended from outside ({type(error).__name__}); begin it again."
    if is_out_of_memory(error):
        return ("The memory is full; close other programs, or when training halve images_per_batch, draw fewer scenes "
                "or train on the CPU.")
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "The disk is full; make room on it, nothing that was there is lost."
    if is_device_failure(error):
        return "The device no longer answers; choose another one or restart the computer."
    return in_words(error)
