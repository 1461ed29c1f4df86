"""Jobs: what a generator yields off the GUI thread arrives on it, and every way out is told once."""

import gc
import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from pan.system.errors import InputError
from pan_explorer.background.job import Command, Job
from pan_explorer.system.garbage import GARBAGE


class Listener(QObject):
    """Writes down what a job tells, and on which thread."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.events: list[object] = []
        self.ticks = 0
        self.outcomes: list[str] = []
        self.threads: set[QThread] = set()
        job.progressed.connect(self.on_progress)
        job.finished.connect(self.on_finished)
        job.cancelled.connect(self.on_cancelled)
        job.failed.connect(self.on_failed)

    def on_progress(self, events: tuple[object, ...]) -> None:
        self.events += events
        self.ticks += 1
        self.threads.add(QThread.currentThread())

    def on_finished(self) -> None:
        self.outcomes.append("finished")

    def on_cancelled(self) -> None:
        self.outcomes.append("cancelled")

    def on_failed(self, sentence: str) -> None:
        self.outcomes.append(sentence)


class Steps:
    """A generator of numbers that is let on step by step, and says when it was closed."""

    def __init__(self, count: int = 1_000_000) -> None:
        self.count = count
        self.yielded = 0
        self.closed = threading.Event()

    def __call__(self) -> Generator[int, None, None]:
        try:
            for number in range(self.count):
                self.yielded = number + 1
                yield number
                self.closed.wait(0.002)  # never set while it runs
        finally:
            self.closed.set()


@pytest.fixture
def collected_between_tests() -> None:
    """These tests are about Python's own collecting, too."""


@pytest.fixture
def owner() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    for job in owner.findChildren(Job):
        job.cancel()
        assert job.wait(10_000)


def run(owner: QObject, qtbot: QtBot, work: Callable[[], Generator[object, None, None]]) -> Listener:
    job = Job(work, owner)
    listener = Listener(job)
    job.start()
    qtbot.waitUntil(lambda: bool(listener.outcomes), timeout=10_000)
    return listener


def test_every_event_arrives_in_order_before_the_end_is_told(owner: QObject, qtbot: QtBot) -> None:
    listener = run(owner, qtbot, lambda: (number for number in range(20_000)))
    assert listener.events == list(range(20_000))
    assert listener.outcomes == ["finished"]


def test_events_come_in_a_few_handfuls_on_the_gui_thread(owner: QObject, qtbot: QtBot) -> None:
    listener = run(owner, qtbot, Steps(100))
    assert listener.ticks < 20
    assert listener.threads == {QThread.currentThread()}


def test_the_work_is_done_on_another_thread(owner: QObject, qtbot: QtBot) -> None:
    threads: list[int] = []

    def work() -> Generator[object, None, None]:
        threads.append(threading.get_ident())
        yield None

    run(owner, qtbot, work)
    assert threads != [threading.get_ident()]


@pytest.mark.parametrize(("leave", "outcome"), [(Job.stop, "finished"), (Job.cancel, "cancelled")])
@pytest.mark.parametrize("paused", [False, True])
def test_leaving_closes_the_generator(
    owner: QObject, qtbot: QtBot, leave: Callable[[Job], None], outcome: str, paused: bool
) -> None:
    steps = Steps()
    job = Job(steps, owner)
    listener = Listener(job)
    job.start()
    qtbot.waitUntil(lambda: bool(listener.events))
    if paused:
        job.pause()
    leave(job)
    qtbot.waitUntil(lambda: bool(listener.outcomes))
    assert listener.outcomes == [outcome]
    assert steps.closed.is_set()
    assert not job.is_running()


def test_a_pause_holds_the_work_until_it_goes_on(owner: QObject, qtbot: QtBot) -> None:
    steps = Steps()
    job = Job(steps, owner)
    listener = Listener(job)
    job.start()
    qtbot.waitUntil(lambda: bool(listener.events))
    job.pause()
    qtbot.wait(50)
    held = steps.yielded
    qtbot.wait(50)
    assert steps.yielded == held
    job.go_on()
    qtbot.waitUntil(lambda: steps.yielded > held)


def failing(error: Exception) -> Callable[[], Generator[object, None, None]]:
    def work() -> Generator[object, None, None]:
        yield 1
        raise error

    return work


def test_a_mistake_of_the_users_fails_with_its_own_sentence(owner: QObject, qtbot: QtBot) -> None:
    listener = run(owner, qtbot, failing(InputError("there is no such folder.")))
    assert listener.outcomes == ["there is no such folder."]
    assert listener.events == [1]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("[enforce fail at alloc_cpu.cpp:118] DefaultCPUAllocator: can't allocate memory: 9 bytes"),
        RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"),
    ],
)
def test_full_memory_is_told_with_a_way_out(owner: QObject, qtbot: QtBot, error: Exception) -> None:
    (sentence,) = run(owner, qtbot, failing(error)).outcomes
    assert "images_per_batch" in sentence
    assert "CPU" in sentence


def test_a_full_gpu_is_told_with_a_way_out(owner: QObject, qtbot: QtBot) -> None:
    torch = pytest.importorskip("torch")
    error = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 GiB.")
    (sentence,) = run(owner, qtbot, failing(error)).outcomes
    assert "images_per_batch" in sentence


def test_any_other_failure_is_one_sentence_with_the_rest_in_the_details(owner: QObject, qtbot: QtBot) -> None:
    job = Job(failing(ZeroDivisionError("a line\nanother line")), owner)
    listener = Listener(job)
    job.start()
    qtbot.waitUntil(lambda: bool(listener.outcomes))
    (sentence,) = listener.outcomes
    assert "ZeroDivisionError" in sentence
    assert "\n" not in sentence
    assert "Traceback" in job.details


def test_a_failure_while_it_is_cancelled_is_still_a_failure(owner: QObject, qtbot: QtBot) -> None:
    def work() -> Generator[object, None, None]:
        try:
            yield 1
        finally:
            raise InputError("the disk is full.")

    job = Job(work, owner)
    listener = Listener(job)
    job.cancel()
    job.start()
    qtbot.waitUntil(lambda: bool(listener.outcomes))
    assert listener.outcomes == ["the disk is full."]


def test_the_exception_and_what_it_holds_are_dropped(owner: QObject, qtbot: QtBot) -> None:
    dropped = threading.Event()

    class Tensor:
        def __del__(self) -> None:
            dropped.set()

    def work() -> Generator[object, None, None]:
        tensor = Tensor()
        yield None
        raise RuntimeError(str(id(tensor)))

    run(owner, qtbot, work)
    assert dropped.is_set()


def test_waiting_for_a_job_tells_its_outcome_once(owner: QObject, qtbot: QtBot) -> None:
    job = Job(Steps(), owner)
    listener = Listener(job)
    job.start()
    job.stop()
    assert job.wait(10_000)
    qtbot.wait(50)
    assert listener.outcomes == ["finished"]


def test_waiting_has_a_bound(owner: QObject) -> None:
    job = Job(Steps(), owner)
    job.start()
    assert not job.wait(20)


def test_garbage_is_left_to_the_gui_thread_while_a_job_runs(owner: QObject) -> None:
    job = Job(Steps(), owner)
    job.start()
    assert not gc.isenabled()
    job.stop()
    assert job.wait(10_000)
    assert gc.isenabled()


@pytest.mark.skipif(sys.platform != "linux", reason="niceness belongs to a thread on Linux alone")
def test_a_job_works_in_a_window_that_was_started_nicer_than_a_job(owner: QObject, qtbot: QtBot, monkeypatch) -> None:
    set_priority, asked = os.setpriority, []

    def refuse_to_lower(which: int, who: int, niceness: int) -> None:
        asked.append(niceness)
        if niceness < 10:
            raise PermissionError("Operation not permitted")
        set_priority(which, who, niceness)

    monkeypatch.setattr(os, "getpriority", lambda which, who: 10)
    monkeypatch.setattr(os, "setpriority", refuse_to_lower)
    listener = run(owner, qtbot, lambda: (word for word in ["done"]))
    assert listener.events == ["done"]
    assert asked == [10]


def test_a_job_works_where_the_system_refuses_any_niceness(owner: QObject, qtbot: QtBot, monkeypatch) -> None:
    def refuse(*_: int) -> None:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(os, "setpriority", refuse)
    listener = run(owner, qtbot, lambda: (word for word in ["done"]))
    assert (listener.events, listener.outcomes) == (["done"], ["finished"])


def test_a_thread_that_the_system_does_not_allow_is_told(owner: QObject, qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(QThread, "start", lambda *_: None)
    listener = run(owner, qtbot, lambda: (word for word in ["done"]))
    (sentence,) = listener.outcomes
    assert "close other programs" in sentence
    assert gc.isenabled()


def test_a_thread_outlives_an_owner_that_is_destroyed_too_early(qtbot: QtBot) -> None:
    owner, steps = QObject(), Steps()
    job = Job(steps, owner)
    job.start()
    qtbot.waitUntil(lambda: steps.yielded > 0)
    worker = job._worker
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    assert worker.isRunning(), "destroying it would end the process"
    worker.command = Command.STOP
    assert worker.wait(10_000)
    GARBAGE.release()  # which the job would have done
