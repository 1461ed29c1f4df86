"""Warnings of a library kept from the terminal, from any number of threads at once."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_held: list[warnings.catch_warnings[None]] = []
_inside = 0


@contextmanager
def no_warnings() -> Iterator[None]:
    """While this lasts nothing warns.

    The filters belong to the whole process: the first thread to come changes them, and the last to go puts them back.
    Each for itself would put back what another had changed.
    """
    global _inside
    with _LOCK:
        if _inside == 0:
            caught = warnings.catch_warnings()
            caught.__enter__()
            warnings.simplefilter("ignore")
            _held.append(caught)
        _inside += 1
    try:
        yield
    finally:
        with _LOCK:
            _inside -= 1
            if _inside == 0:
                _held.pop().__exit__(None, None, None)
