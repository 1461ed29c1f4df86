"""Warnings of libraries kept from the terminal, from any number of threads at once."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock

STANDARD_ERROR = 2


class _Shared:
    """Something that belongs to the whole process, changed by the first thread to come and put back by the last to go.

    Each for itself would put back what another had changed.

    Args:
        change: Changes it while it lasts.
    """

    def __init__(self, change: Callable[[], AbstractContextManager[object]]) -> None:
        self._change = change
        self._lock = Lock()
        self._inside = 0
        self._held: AbstractContextManager[object] | None = None

    @contextmanager
    def __call__(self) -> Iterator[None]:
        with self._lock:
            if self._held is None:
                change = self._change()
                change.__enter__()
                self._held = change
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                if self._inside == 0 and self._held is not None:
                    held, self._held = self._held, None
                    held.__exit__(None, None, None)


@contextmanager
def _ignoring() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _leading_nowhere() -> Iterator[None]:
    try:
        before = os.dup(STANDARD_ERROR)
    except OSError:  # it is closed
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, STANDARD_ERROR)
        os.close(nowhere)
        yield
    finally:
        os.dup2(before, STANDARD_ERROR)
        os.close(before)


no_warnings = _Shared(_ignoring)
"""While this lasts nothing warns."""
no_standard_error = _Shared(_leading_nowhere)
"""While this lasts, what is written to standard error is lost: for C libraries that write there by themselves."""
