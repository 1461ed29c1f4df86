"""What Python could not handle in the window's own thread, as a sentence in the window."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from pan.system.errors import InputError, cannot_use, is_out_of_memory


class Faults(QObject):
    """An exception hook that does nothing but tell: work that failed left the state as it was."""

    told = Signal(str)

    def hook(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Take the place of `sys.excepthook`."""
        if isinstance(fault, KeyboardInterrupt):
            return
        last = traceback.extract_tb(trace)[-1] if trace else None
        where = f" in {Path(last.filename).name}, line {last.lineno}" if last else ""
        first_line = str(fault).partition("\n")[0][:200]
        self.told.emit(f"This should not have happened ({kind.__name__}{where}: {first_line}); "
                       "please report it with the system information from About.")


def in_words(error: Exception) -> str:
    """A sentence for the user; the exception itself is dropped, for its frames hold tensors."""
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, OSError):
        return cannot_use(error)
    if is_out_of_memory(error):
        return "There is not enough memory for this; close other programs or take a smaller image."
    first_line = str(error).partition("\n")[0][:200]
    return (f"This should not have happened ({type(error).__name__}: {first_line}); "
            "please report it with the system information from About.")
