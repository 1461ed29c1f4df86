"""Work in several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import closing
from math import factorial, sqrt

import pytest

from pan.system.errors import InputError
from pan.system.processes import in_processes


@pytest.mark.parametrize("processes", [0, 2])
def test_what_comes_is_in_the_order_of_the_pieces_however_many_processes_there_are(processes):
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


def test_a_process_that_the_system_ends_is_told_in_a_sentence():
    with pytest.raises(InputError, match="ended by the system, perhaps for want of memory"):
        list(in_processes(_end, range(3), 1))


def _end(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_fault_of_the_work_reaches_who_asked():
    with pytest.raises(ValueError, match=r"expected a nonnegative input|math domain error"):
        list(in_processes(sqrt, [1, -1], 1))
    assert multiprocessing.active_children() == []
