"""Work that waits its turn."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from pan.system.errors import InputError
from pan_explorer.background.job import Work
from pan_explorer.background.job_queue import JobQueue


def saying(word: str) -> Work[object]:
    def work() -> Generator[object, None, None]:
        yield word

    return work


def failing() -> Generator[object, None, None]:
    yield "begun"
    raise InputError("it did not work.")


def test_work_is_done_in_its_order_and_what_fails_holds_up_nothing(qapp: QApplication, qtbot) -> None:
    owner = QObject()
    queue = JobQueue(owner)
    told: list[object] = []
    queue.progressed.connect(told.extend)
    queue.failed.connect(told.append)
    last = saying("last")
    for work in (saying("first"), failing, last, last):
        queue.add(work)
    qtbot.waitUntil(lambda: not queue.is_busy())
    assert told == ["first", "begun", "it did not work.", "last"], "the same work waits once"
    assert queue.close(1_000)


def test_what_waits_is_not_begun_once_it_is_closed(qapp: QApplication) -> None:
    owner = QObject()
    queue = JobQueue(owner)
    told: list[object] = []
    queue.progressed.connect(told.extend)
    queue.add(saying("first"))
    queue.add(saying("second"))
    assert queue.close(5_000)
    assert told == ["first"]
    assert not queue.is_busy()
