"""Work done by several processes, whose script ever asks for it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from threading import Thread
from typing import Any, TypeVar

from pan.system.errors import InputError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

AHEAD = 3
"""Pieces for each process that are made before they are asked for: enough for none to wait, few for the memory."""
NICENESS = 10


def processors() -> int:
    """How many of the machine's this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Callable[[Piece], Result], pieces: Iterable[Piece], processes: int
) -> Generator[Result, None, None]:
    """What the work makes of each piece, in their order. To cancel, close the generator: the processes end.

    Args:
        work: Sent to each process once, so it may be large; importing its module should take little.
        pieces: Sent one by one.
        processes: How many; 0 does the work here.

    Raises:
        InputError: If the system ends one of them.
    """
    if processes == 0:
        yield from map(work, pieces)
        return
    spawn = multiprocessing.get_context("spawn")  # a fork of a process with threads of Qt and torch may hang
    pool = ProcessPoolExecutor(processes, spawn, initializer=_begin, initargs=(work,))
    left = iter(pieces)
    coming: deque[Future[Result]] = deque()
    try:
        while True:
            for piece in islice(left, AHEAD * processes - len(coming)):
                with without_main():
                    coming.append(pool.submit(_do, piece))
            if not coming:
                return
            yield coming.popleft().result()
    except BrokenProcessPool as error:
        raise InputError("a process that helped was ended by the system, perhaps for want of memory; close other "
                         "programs and begin again.") from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def without_main() -> Iterator[None]:
    """Start processes that do not run the script again which started them.

    A spawned process imports the main module, for it might need what is defined there; a script without
    `if __name__ == "__main__":` would train once more in each of them. Ours need nothing of it.
    """
    main: dict[str, object] = sys.modules["__main__"].__dict__
    told: dict[str, object] = {name: main.pop(name) for name in ("__file__", "__spec__") if name in main}
    main["__spec__"] = None  # asked for by name
    try:
        yield
    finally:
        main.update(told)


_given: dict[str, Callable[[Any], Any]] = {}
"""A process's work."""


def _begin(work: Callable[[Any], Any]) -> None:
    """In a new process: let the window and the training go first, and end with whoever started it."""
    _given["work"] = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all; who asked for the work ends it
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(piece: Any) -> Any:  # noqa: ANN401 - whatever the work takes and gives
    return _given["work"](piece)
