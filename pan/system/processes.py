"""Parallel work in several processes, which may be started from any script."""

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
"""Pieces per process that are submitted ahead: enough that no process waits, few enough for the memory."""
NICENESS = 10
ENDED = ("the system ended a worker process, perhaps because memory ran out; close other programs and begin "
         "again.")  # fmt: skip
_STARTING = Lock()


def processors() -> int:
    """Number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Callable[[Piece], Result], pieces: Iterable[Piece], processes: int
) -> Generator[Result, None, None]:
    """Map a function over pieces, in order. To cancel, close the generator, which kills the processes.

    Args:
        work: The function. It is sent to each process once, so it may be large; its module should import quickly.
        pieces: Its arguments, sent one by one.
        processes: Number of processes; 0 runs the function in this one.

    Raises:
        InputError: If the system ends one of the processes.
    """
    if processes == 0:
        yield from map(work, pieces)
        return
    left = iter(pieces)
    workers: list[_Worker[Piece, Result]] = []
    free: SimpleQueue[_Worker[Piece, Result]] = SimpleQueue()
    futures: deque[Future[Result]] = deque()

    def run(piece: Piece) -> Result:
        worker = free.get()
        try:
            return worker.do(piece)
        finally:
            free.put(worker)

    threads = ThreadPoolExecutor(processes)  # each waits for one process
    try:
        while True:
            for piece in islice(left, AHEAD * processes - len(futures)):
                if len(workers) < processes:
                    workers.append(_Worker(work))
                    free.put(workers[-1])
                futures.append(threads.submit(run, piece))
            if not futures:
                return
            yield futures.popleft().result()
    finally:
        for worker in workers:
            worker.kill()
        threads.shutdown(cancel_futures=True)
        for worker in workers:
            worker.close()


class _Worker(Generic[Piece, Result]):
    """A process with its own pipe. The system closes the pipe when the process dies, so that no reader waits for ever.

    A shared queue would stay open, and a reader of half a message would wait for ever. The function is sent after the
    start: arguments larger than the pipe's buffer would block for ever if the process dies while it starts.

    Args:
        work: The function that it runs.
    """

    def __init__(self, work: Callable[[Piece], Result]) -> None:
        spawn = multiprocessing.get_context("spawn")  # forking a process with threads of Qt and torch may hang
        try:
            self._pipe, its = spawn.Pipe()
            with its:
                self._process = spawn.Process(target=_run_worker, args=(its,), daemon=True)
                with without_main():
                    self._process.start()
        except OSError as error:
            raise InputError(ENDED) from error
        self._unsent = [work]

    def do(self, piece: Piece) -> Result:
        """The function's result for a piece."""
        try:
            while self._unsent:
                self._pipe.send(self._unsent.pop())
            self._pipe.send(piece)
            done, answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise InputError(ENDED) from error
        if not done:
            raise answer
        result: Result = answer
        return result

    def kill(self) -> None:
        """Kill the process; `do` then raises InputError."""
        self._process.kill()

    def close(self) -> None:
        """Release its resources."""
        self._process.join()
        self._process.close()
        self._pipe.close()


@contextmanager
def without_main() -> Iterator[None]:
    """Start processes that do not run the main script again.

    A spawned process imports the main module, so a script without `if __name__ == "__main__":` would train once more
    in each process. Worker processes need neither the main module nor the script's arguments, which may exceed the
    pipe's buffer.
    """
    with _STARTING:
        main: dict[str, object] = sys.modules["__main__"].__dict__
        removed: dict[str, object] = {name: main.pop(name) for name in ("__file__", "__spec__") if name in main}
        main["__spec__"] = None  # multiprocessing reads it
        arguments, sys.argv = sys.argv, sys.argv[:1]
        try:
            yield
        finally:
            main.update(removed)
            sys.argv = arguments


def _run_worker(pipe: Connection[Any, Any]) -> None:
    """The body of a worker process: it runs at low priority, and ends with the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes; the parent ends this one
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with suppress(EOFError, ConnectionError):
        work = pipe.recv()
        while True:
            result = _result(work, pipe.recv())
            try:
                pipe.send(result)
            except (TypeError, AttributeError, pickle.PicklingError) as fault:
                pipe.send((False, RuntimeError(f"{result[1]!r} cannot be sent: {fault}")))


def _result(work: Callable[[Any], Any], piece: Any) -> tuple[bool, Any]:  # noqa: ANN401 - any function
    """Whether the call succeeded, with its result or exception."""
    try:
        return True, work(piece)
    except Exception as fault:  # noqa: BLE001 - the parent raises it
        fault.add_note(traceback.format_exc())  # the traceback of this process, beside the parent's
        return False, fault
