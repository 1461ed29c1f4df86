"""Threads of Qt: the system may refuse one, and to destroy one that runs would end the process."""

from __future__ import annotations

from PySide6.QtCore import QThread

NO_THREAD = "The system allows no further thread; close other programs and try again."

_running: set[QThread] = set()


def begin_thread(thread: QThread, priority: QThread.Priority = QThread.Priority.InheritPriority) -> bool:
    """Start a thread without a parent; False if the system refuses it, which Qt tells nobody.

    It is kept until `await_thread` has seen its end, even if whoever began it is gone by then.
    """
    thread.start(priority)
    begun = thread.isRunning() or thread.isFinished()
    if begun:
        _running.add(thread)
    return begun


def await_thread(thread: QThread, timeout_ms: int | None = None) -> bool:
    """Block until a thread has ended; False if that takes longer than the bound."""
    ended = thread.wait() if timeout_ms is None else thread.wait(timeout_ms)
    if ended:
        _running.discard(thread)
    return ended
