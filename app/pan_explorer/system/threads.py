"""Threads that the system may refuse."""

from __future__ import annotations

from PySide6.QtCore import QThread

NO_THREAD = "The system allows no further thread; close other programs and try again."


def begin_thread(thread: QThread, priority: QThread.Priority = QThread.Priority.InheritPriority) -> bool:
    """Start a thread; False if the system refuses it, which Qt tells nobody."""
    thread.start(priority)
    return thread.isRunning() or thread.isFinished()
