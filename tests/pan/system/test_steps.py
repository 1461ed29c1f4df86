"""Work that yields its progress and returns its result."""

from __future__ import annotations

from pan.system.steps import Preparing, counted, run_to_end


def work(ended: list[str]):
    try:
        yield 1
        yield 2
        return "done"
    finally:
        ended.append("ended")


def test_progress_has_a_name_and_a_total_and_the_result_is_kept():
    steps: list[Preparing] = []
    assert run_to_end(counted(work([]), "images read", 2), steps.append) == "done"
    assert steps == [("images read", 1, 2), ("images read", 2, 2)]


def test_work_that_is_cancelled_ends_at_once():
    ended: list[str] = []
    inner = work(ended)  # held, as a caller may: collecting garbage does not end it
    outer = counted(inner, "images read", 2)
    next(outer)
    outer.close()
    assert ended == ["ended"]
