"""One owner's jobs: in their order, replaced, dropped, and closed."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import QObject

from pan.system.errors import InputError
from pan_explorer.background.job import Work
from pan_explorer.background.jobs import Jobs


def saying(word: str) -> Work[object]:
    def work() -> Generator[object, None, None]:
        yield word

    return work


def failing() -> Generator[object, None, None]:
    yield "begun"
    raise InputError("it did not work.")


class Endless:
    """Work that goes on until it is left, and counts how many of its kind run at once."""

    running = 0
    most = 0

    def __init__(self) -> None:
        self.begun, self.left = threading.Event(), threading.Event()

    def __call__(self) -> Generator[object, None, None]:
        Endless.running += 1
        Endless.most = max(Endless.most, Endless.running)
        self.begun.set()
        try:
            while True:
                yield "on"
                self.left.wait(0.002)  # never set while it runs
        finally:
            Endless.running -= 1
            self.left.set()


class Told:
    """What some jobs have told, in order."""

    def __init__(self, jobs: Jobs) -> None:
        self.words: list[object] = []
        jobs.progressed.connect(self.words.extend)
        jobs.failed.connect(self.words.append)
        jobs.finished.connect(lambda: self.words.append("finished"))
        jobs.cancelled.connect(lambda: self.words.append("cancelled"))


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    owner = QObject()
    jobs = Jobs(owner)
    yield jobs
    assert jobs.close(10_000)
    owner.deleteLater()


def test_work_is_done_in_its_order_and_what_fails_holds_up_nothing(jobs: Jobs, qtbot) -> None:
    told, last = Told(jobs), saying("last")
    for work in (saying("first"), failing, last, last):
        jobs.add(work)
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert told.words == ["first", "finished", "begun", "it did not work.", "last", "finished"], (
        "the same work waits once")


def test_waiting_jobs_do_not_begin_after_closing(jobs: Jobs) -> None:
    told = Told(jobs)
    jobs.add(saying("first"))
    jobs.add(saying("second"))
    assert jobs.close(5_000)
    assert told.words == ["first", "finished"]
    assert not jobs.is_busy()


def test_a_job_added_by_the_end_of_another_does_not_begin_after_closing(jobs: Jobs, qtbot) -> None:
    told = Told(jobs)
    jobs.finished.connect(lambda: jobs.add(saying("more")))
    jobs.add(saying("first"))
    assert jobs.close(5_000)
    jobs.add(saying("late"))
    qtbot.wait(30)
    assert told.words == ["first", "finished"]
    assert not jobs.is_busy()


def test_a_replaced_job_emits_nothing_more_and_ends_before_the_next_begins(jobs: Jobs, qtbot) -> None:
    Endless.most = 0
    told, first, second = Told(jobs), Endless(), Endless()
    jobs.add(first)
    assert first.begun.wait(5)
    jobs.replace(second)
    told.words.clear()
    assert jobs.works == (second,)
    qtbot.waitUntil(second.begun.is_set)
    assert first.left.is_set()
    jobs.drop()
    qtbot.waitUntil(second.left.is_set)
    qtbot.wait(150)
    assert set(told.words) <= {"on"}
    assert Endless.most == 1


def test_finishing_does_all_that_was_asked_for(jobs: Jobs) -> None:
    told = Told(jobs)
    for word in ("first", "second", "third"):
        jobs.add(saying(word))
    assert jobs.finish(10_000)
    jobs.add(saying("late"))
    assert [word for word in told.words if word != "finished"] == ["first", "second", "third"]


def test_closing_has_a_bound_over_all_that_is_left(jobs: Jobs) -> None:
    held = threading.Event()

    def work() -> Generator[object, None, None]:
        held.wait(10)
        yield None

    jobs.add(work)
    assert not jobs.close(20)
    held.set()


def test_a_run_that_was_cancelled_is_not_kept_because_the_window_closes(jobs: Jobs) -> None:
    told, endless = Told(jobs), Endless()
    jobs.add(endless)
    assert endless.begun.wait(5)
    jobs.cancel()
    assert jobs.close(5_000)
    assert told.words[-1] == "cancelled"
