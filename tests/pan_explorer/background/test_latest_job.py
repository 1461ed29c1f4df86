"""Look-ups in the background, of which the last one counts."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

import pytest

from pan.system.errors import InputError
from pan_explorer.background.job import Work
from pan_explorer.background.latest_job import LatestJob


@pytest.fixture
def latest(qapp) -> Iterator[LatestJob]:
    latest = LatestJob()
    yield latest
    assert latest.close(30_000)
    latest.deleteLater()


@pytest.fixture
def told(latest: LatestJob) -> list[object]:
    """What was found or failed, in order."""
    told: list[object] = []
    latest.found.connect(told.append)
    latest.failed.connect(told.append)
    return told


def finding(what: str, may_end: threading.Event | None = None) -> Work[str]:
    def work() -> Generator[str, None, None]:
        if may_end is not None:
            may_end.wait(20)
        yield what

    return work


def failing() -> Generator[str, None, None]:
    raise InputError("there is nothing")
    yield


def test_a_result_or_the_reason_of_a_failure_is_emitted(latest: LatestJob, told: list[object], qtbot) -> None:
    latest.look_up(finding("a set"))
    qtbot.waitUntil(lambda: told == ["a set"])
    latest.look_up(failing)
    qtbot.waitUntil(lambda: told == ["a set", "there is nothing"])


def test_only_the_last_request_has_a_result(latest: LatestJob, told: list[object], qtbot) -> None:
    may_end = threading.Event()
    latest.look_up(finding("slow", may_end))
    latest.look_up(finding("quick"))
    may_end.set()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["quick"]


@pytest.mark.parametrize("leave", ["drop", "close"])
def test_a_dropped_or_closed_job_emits_nothing(latest: LatestJob, told: list[object], qtbot, leave: str) -> None:
    may_end = threading.Event()
    latest.look_up(finding("slow", may_end))
    if leave == "drop":
        latest.drop()
    may_end.set()
    assert latest.close(30_000)
    assert told == []
