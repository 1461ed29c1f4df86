"""The thread in which networks answer."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QThread

from pan_explorer.answering.requests import Listing, Loading, Opening, Writing
from pan_explorer.answering.thread import Answering
from pan_explorer.pictures.reading import read_pictures


@pytest.fixture
def collected_between_tests() -> None:
    """These tests are about Python's own collecting."""


@pytest.fixture
def answering(qapp, shipped):
    answering = Answering()
    yield answering
    answering.close()
    answering.deleteLater()


def test_late_answers_are_dropped(answering: Answering, qtbot, sample_sets: Path) -> None:
    pictures = read_pictures(sample_sets / "mref").pictures
    arrived = []
    answering.answered.connect(arrived.append)
    for picture in pictures:
        answering.ask(picture, "3", ("mref/san",))
    qtbot.waitUntil(lambda: bool(arrived), timeout=30_000)
    assert [answers.picture for answers in arrived] == [pictures[-1]]


def test_work_is_done_in_another_thread_and_told_in_this_one(answering: Answering, qtbot) -> None:
    here = []
    answering.listed.connect(lambda _: here.append(QThread.currentThread() is answering.thread()))
    answering.request(Listing())
    qtbot.waitUntil(lambda: bool(here))
    assert here == [True]
    assert answering._worker.thread() is not answering.thread()


def test_python_collects_no_garbage_while_the_thread_works(answering: Answering, qtbot) -> None:
    assert gc.isenabled()
    answering.request(Listing())
    assert not gc.isenabled()
    qtbot.waitUntil(gc.isenabled)


def test_a_fault_is_told_in_a_sentence_and_the_thread_goes_on(
    answering: Answering, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pan_explorer.answering.worker.read_picture", lambda path: 1 / 0)
    with qtbot.waitSignal(answering.failed) as failed:
        answering.request(Opening(Path("a.png")))
    assert "ZeroDivisionError" in failed.args[0]
    with qtbot.waitSignal(answering.loaded, timeout=30_000) as loaded:
        answering.request(Loading("mref/han"))
    assert loaded.args == ["mref/han", "han"]


def test_closing_with_work_in_hand_leaves_nothing_behind(qapp, shipped, sample_sets: Path) -> None:
    answering = Answering()
    for _ in range(5):
        answering.request(Opening(sample_sets / "mref"))
    answering.close()
    assert gc.isenabled()


@pytest.mark.parametrize("in_hand", [0, 5])
def test_what_was_saved_just_before_the_window_closes_is_in_its_file(
    qapp, shipped, sample_sets: Path, tmp_path: Path, in_hand: int
) -> None:
    answering = Answering()
    for _ in range(in_hand):
        answering.request(Opening(sample_sets / "mref"))
    answering.request(Writing(tmp_path / "kept.txt", lambda path: path.write_text("kept")))
    answering.close()
    answering.deleteLater()
    assert (tmp_path / "kept.txt").read_text() == "kept"
