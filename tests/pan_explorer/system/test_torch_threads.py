"""What the window's own threads compute with is their own affair."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
import torch

from pan_explorer.system.torch_threads import SMALL, set_threads_for


@pytest.fixture
def usual(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A computer on which torch computes with three threads."""
    before = torch.get_num_threads()
    monkeypatch.setattr("pan_explorer.system.torch_threads.USUAL", 3)
    torch.set_num_threads(3)
    yield 3
    torch.set_num_threads(before)


def test_small_networks_are_computed_by_one_thread_and_large_ones_by_all(usual: int) -> None:
    told = []

    def answer() -> None:
        for size in (SMALL, SMALL + 1, SMALL):
            set_threads_for(size)
            told.append(torch.get_num_threads())

    thread = Thread(target=answer)
    thread.start()
    thread.join()
    assert told == [1, usual, 1]


def test_threads_that_begin_later_compute_as_usual(usual: int) -> None:
    thread = Thread(target=set_threads_for, args=(SMALL,))
    thread.start()
    thread.join()
    with ThreadPoolExecutor(1) as later:
        assert later.submit(torch.get_num_threads).result() == usual
    assert torch.get_num_threads() == usual
