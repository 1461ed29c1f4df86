"""Work done by several processes, whose script ever asks for it."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Lock
from typing import Any, Generic, TypeVar

from pan.system.errors import InputError

Piece = TypeVar("Piece")
Result = TypeVar("Result")

AHEAD = 3
"""Pieces for each process that are made before they are asked for: enough for none to wait, few for the memory."""
NICENESS = 10
ENDED = ("a process that helped was ended by the system, perhaps for want of memory; close other programs and begin "
         "again.")  # fmt: skip
_STARTING = Lock()


def processors() -> int:
    """How many of the machine's this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Callable[[Piece], Result], pieces: Iterable[Piece], processes: int
) -> Generator[Result, None, None]:
    """What the work makes of each piece, in their order. To cancel, close the generator: the processes are killed.

    Args:
        work: Sent to each process once, so it may be large; importing its module should take little.
        pieces: Sent one by one.
        processes: How many; 0 does the work here.

    Raises:
        InputError: If the system ends one of them, at whatever moment.
    """
    if processes == 0:
        yield from map(work, pieces)
        return
    left = iter(pieces)
    helpers: list[_Helper[Piece, Result]] = []
    free: SimpleQueue[_Helper[Piece, Result]] = SimpleQueue()
    coming: deque[Future[Result]] = deque()

    def ask(piece: Piece) -> Result:
        helper = free.get()
        try:
            return helper.do(piece)
        finally:
            free.put(helper)

    threads = ThreadPoolExecutor(processes)  # each waits for one process
    try:
        while True:
            for piece in islice(left, AHEAD * processes - len(coming)):
                if len(helpers) < processes:
                    helpers.append(_Helper(work))
                    free.put(helpers[-1])
                coming.append(threads.submit(ask, piece))
            if not coming:
                return
            yield coming.popleft().result()
    finally:
        for helper in helpers:
            helper.kill()
        threads.shutdown(cancel_futures=True)
        for helper in helpers:
            helper.close()


class _Helper(Generic[Piece, Result]):
    """A process with a pipe of its own, which the system closes when the process ends, so nobody waits for the dead.

    Queues that processes share stay open then: who reads half an answer from one waits for ever. So does who sends
    more than a pipe holds as an argument of a process that dies while it starts.

    Args:
        work: What it does.
    """

    def __init__(self, work: Callable[[Piece], Result]) -> None:
        spawn = multiprocessing.get_context("spawn")  # a fork of a process with threads of Qt and torch may hang
        try:
            self._pipe, its = spawn.Pipe()
            with its:
                self._process = spawn.Process(target=_help, args=(its,), daemon=True)
                with without_main():
                    self._process.start()
        except OSError as error:
            raise InputError(ENDED) from error
        self._untold = [work]

    def do(self, piece: Piece) -> Result:
        """What the work makes of a piece."""
        try:
            while self._untold:
                self._pipe.send(self._untold.pop())
            self._pipe.send(piece)
            done, answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise InputError(ENDED) from error
        if not done:
            raise answer
        result: Result = answer
        return result

    def kill(self) -> None:
        """End the process; who waits for it is told."""
        self._process.kill()

    def close(self) -> None:
        """Give back what it held."""
        self._process.join()
        self._process.close()
        self._pipe.close()


@contextmanager
def without_main() -> Iterator[None]:
    """Start processes that do not run the script again which started them.

    A spawned process imports the main module, for it might need what is defined there; a script without
    `if __name__ == "__main__":` would train once more in each of them. Ours need nothing of it, nor of the script's
    arguments, which may be more than a pipe holds.
    """
    with _STARTING:
        main: dict[str, object] = sys.modules["__main__"].__dict__
        told: dict[str, object] = {name: main.pop(name) for name in ("__file__", "__spec__") if name in main}
        main["__spec__"] = None  # asked for by name
        arguments, sys.argv = sys.argv, sys.argv[:1]
        try:
            yield
        finally:
            main.update(told)
            sys.argv = arguments


def _help(pipe: Connection[Any, Any]) -> None:
    """In a new process: let the window and the training go first, and end with whoever started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all; who asked for the work ends it
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with suppress(EOFError, ConnectionError):
        work = pipe.recv()
        while True:
            answer = _answer(work, pipe.recv())
            try:
                pipe.send(answer)
            except (TypeError, AttributeError, pickle.PicklingError) as fault:
                pipe.send((False, RuntimeError(f"{answer[1]!r} cannot be sent: {fault}")))


def _answer(work: Callable[[Any], Any], piece: Any) -> tuple[bool, Any]:  # noqa: ANN401 - whatever it takes and gives
    """Whether it was done, and what was made or went wrong."""
    try:
        return True, work(piece)
    except Exception as fault:  # noqa: BLE001 - who asked raises it
        fault.add_note(traceback.format_exc())  # of this process; who raises it there has another
        return False, fault
