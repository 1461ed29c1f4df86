"""Silence for the warnings of libraries, safe with several threads."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock

STANDARD_ERROR = 2


class _Shared:
    """A process-wide change that the first thread to enter makes and the last thread to leave undoes.

    If each thread undid its own change, one would restore the state that another has changed.

    Args:
        change: A context manager that makes the change.
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
"""Python warnings are ignored inside this context."""
no_standard_error = _Shared(_leading_nowhere)
"""Standard error is discarded inside this context: for C libraries that write to it directly."""
