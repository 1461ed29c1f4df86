"""Work in several processes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from math import factorial, sqrt
from multiprocessing import resource_tracker, util
from multiprocessing.connection import Connection
from threading import Thread

import pytest

from pan.system.errors import InputError
from pan.system.processes import in_processes

MORE_THAN_A_PIPE_HOLDS = 2**20

@pytest.mark.parametrize("processes", [0, 2])
def test_results_are_in_the_order_of_the_pieces_for_any_number_of_processes(processes):
    assert list(in_processes(factorial, range(40), processes)) == [factorial(number) for number in range(40)]
    assert multiprocessing.active_children() == []


def test_pieces_are_taken_as_they_are_needed_and_leaving_ends_the_processes():
    taken = []

    def pieces():
        for number in range(1000):
            taken.append(number)
            yield number
    with closing(in_processes(sqrt, pieces(), 1)) as work:
        assert next(work) == 0
        assert len(taken) < 10
        assert multiprocessing.active_children() != []
    assert multiprocessing.active_children() == []


def _end(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _end_in_answer(_: int) -> bytes:
    def send_half(pipe: Connection, data: memoryview) -> None:
        os.write(pipe.fileno(), data[: len(data) // 2])
        _end(0)

    Connection._send = send_half
    return bytes(MORE_THAN_A_PIPE_HOLDS)


def _fail(_: int) -> None:
    raise ValueError("no such number")


def _fail_unsendably(_: int) -> None:
    fault = ValueError("no such number")
    fault.hook = lambda: None
    raise fault


def test_a_fault_brings_the_traceback_of_its_process():
    with pytest.raises(ValueError, match="no such number") as raised:
        list(in_processes(_fail, range(3), 1))
    assert "in _fail" in raised.value.__notes__[0]


def test_a_fault_that_cannot_be_sent_is_named():
    with pytest.raises(RuntimeError, match=r"ValueError\('no such number'\) cannot be sent"):
        list(in_processes(_fail_unsendably, range(3), 1))


@pytest.mark.parametrize("work", [_end, _end_in_answer])
def test_a_process_that_the_system_ends_is_told_in_a_sentence(work):
    assert "the system ended a worker process" in _refusal(work)
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_process_that_the_system_ends_while_it_starts_is_told_in_a_sentence(monkeypatch):
    start = util.spawnv_passfds

    def start_and_kill(*arguments: object) -> int:
        number = start(*arguments)
        os.kill(number, signal.SIGKILL)
        return number

    resource_tracker.ensure_running()
    monkeypatch.setattr(util, "spawnv_passfds", start_and_kill)
    monkeypatch.setattr(sys, "argv", ["pan", "x" * MORE_THAN_A_PIPE_HOLDS])
    assert "the system ended a worker process" in _refusal(partial(max, bytes(MORE_THAN_A_PIPE_HOLDS)))


def test_a_process_that_cannot_be_started_is_told_in_a_sentence(monkeypatch):
    def refuse(*_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", refuse)
    assert "the system ended a worker process" in _refusal(sqrt)


def _refusal(work: Callable[[int], object]) -> str:
    """What two processes that do the work are told, from a thread so that a wait without end is seen."""
    told: list[str] = []

    def ask() -> None:
        with pytest.raises(InputError) as refused:
            list(in_processes(work, range(3), 2))
        told.append(str(refused.value))

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(60)
    assert told, "it still waits"
    return told[0]


def test_a_fault_of_the_work_reaches_who_asked():
    with pytest.raises(ValueError, match=r"expected a nonnegative input|math domain error"):
        list(in_processes(sqrt, [1, -1], 1))
    assert multiprocessing.active_children() == []
