"""Standard streams that take what is said: closed ones, and ones whose letters are few."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

STREAMS = (0, 1, 2)


def open_streams() -> None:
    """Make standard output and standard error take any text.

    One that was closed (`>&-`) leads nowhere; else the next file opened would get its number, and what is meant for
    the terminal would be written into that. A letter that an encoding has not is told by its number.
    """
    for number in STREAMS:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    sys.stdout = _taking_all(sys.stdout)
    sys.stderr = _taking_all(sys.stderr)


def _taking_all(stream: Any) -> Any:  # noqa: ANN401 - whatever stands for a stream
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8", errors="backslashreplace")  # noqa: PTH123 - it lasts as long as the program
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream
