"""Unhandled exceptions: written to the log, and shown in the window as a sentence."""

from __future__ import annotations

import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from pan.system.errors import InputError, cannot_use, is_out_of_memory
from pan_explorer.system.log import LOG, log_file


class Faults(QObject):
    """Exception hooks that log and emit a sentence; failed work has left the state as it was."""

    caught = Signal(str)

    def install(self) -> None:
        """Take the place of Python's own hooks, in this thread and in others."""
        sys.excepthook = self.hook
        threading.excepthook = self.thread_hook

    def hook(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Take the place of `sys.excepthook`."""
        if isinstance(fault, KeyboardInterrupt):
            return
        LOG.error("not handled", exc_info=(kind, fault, trace))
        last = traceback.extract_tb(trace)[-1] if trace else None
        self.caught.emit(unexpected(fault, f" in {Path(last.filename).name}, line {last.lineno}" if last else ""))

    def thread_hook(self, caught: threading.ExceptHookArgs) -> None:
        """Take the place of `threading.excepthook`."""
        if caught.exc_value is not None:
            self.hook(caught.exc_type, caught.exc_value, caught.exc_traceback)


def in_words(error: Exception) -> str:
    """A sentence for the user; the exception itself is dropped, for its frames hold tensors."""
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, OSError):
        return cannot_use(error)
    if is_out_of_memory(error):
        return "There is not enough memory for this; close other programs or take a smaller image."
    LOG.error("not handled\n%s", "".join(traceback.format_exception(error)).rstrip())  # as text: frames hold tensors
    return unexpected(error)


def unexpected(fault: BaseException, where: str = "") -> str:
    """A sentence about a fault of the program itself, which names the log."""
    first_line = str(fault).partition("\n")[0][:200]
    return (f"This should not have happened ({type(fault).__name__}{where}: {first_line}); please report it with the "
            f"system information from About and the end of {log_file()}.")
