"""Standard streams that accept any text, even if they were closed or have a small character set."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

STREAMS = (0, 1, 2)


def open_streams() -> None:
    """Make standard output and standard error accept any text.

    A closed stream (`>&-`) is opened on the null device. Otherwise the next opened file would get its descriptor, and
    messages would be written into that file. Characters that the encoding lacks are written as escapes.
    """
    for number in STREAMS:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    sys.stdout = _lenient(sys.stdout)
    sys.stderr = _lenient(sys.stderr)


def _lenient(stream: Any) -> Any:  # noqa: ANN401 - tests replace the streams by others
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8", errors="backslashreplace")  # noqa: PTH123 - open until the program ends
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream
