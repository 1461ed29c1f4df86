"""The thread in which networks answer."""

from __future__ import annotations

import gc
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QThread

from pan.data.composer.variations import random_composition
from pan.recipes.task import MNIST_REFERENCE
from pan_explorer.answering.reader import Reader
from pan_explorer.answering.requests import Listing, Loading, Opening, Question, SweepQuestion
from pan_explorer.answering.thread import Answering
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import read_pictures
from pan_explorer.state.composer import Composed

SAN = ("mref/san",)


@pytest.fixture
def collected_between_tests() -> None:
    """These tests are about Python's own collecting."""


@pytest.fixture
def answering(qapp, shipped):
    answering = Answering()
    yield answering
    assert answering.close(30_000)
    answering.deleteLater()


def scenes(count: int) -> list[Picture]:
    """Pictures of scenes that differ."""
    return [Composed.of(random_composition("mref", seed), MNIST_REFERENCE.queries).picture for seed in range(count)]


def test_late_answers_are_dropped(answering: Answering, qtbot, sample_sets: Path) -> None:
    pictures = read_pictures(sample_sets / "mref").pictures
    arrived = []
    answering.answered.connect(lambda answers, _: arrived.append(answers))
    for picture in pictures:
        answering.ask(Question("explore", picture, "3", SAN))
    qtbot.waitUntil(lambda: bool(arrived), timeout=30_000)
    assert [answers.picture for answers in arrived] == [pictures[-1]]


def test_during_a_drag_the_current_and_then_the_latest_question_are_answered(answering: Answering, qtbot) -> None:
    arrived = []
    answering.answered.connect(lambda answers, _: arrived.append(answers))
    pictures = scenes(12)
    for picture in pictures:
        answering.ask_next(Question("scene", picture, "3", SAN))
    qtbot.waitUntil(lambda: bool(arrived) and arrived[-1].picture is pictures[-1], timeout=30_000)
    assert [answers.picture for answers in arrived] == [pictures[0], pictures[-1]]


def test_the_next_question_is_answered_while_the_last_answers_are_shown(
    answering: Answering, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = scenes(2)
    begun, seen = Event(), []
    read = Reader.read

    def noted(self: Reader, picture: Picture, *asked: object) -> object:
        if picture is second:
            begun.set()
        return read(self, picture, *asked)

    monkeypatch.setattr(Reader, "read", noted)
    answering.answered.connect(lambda answers, _: seen.append(begun.wait(10)))
    for picture in (first, second):
        answering.ask_next(Question("scene", picture, "3", SAN))
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=30_000)
    assert seen == [True, True]


def test_who_asks_takes_nothing_from_others(answering: Answering, qtbot) -> None:
    arrived = []
    answering.answered.connect(lambda answers, question: arrived.append((question.asker, answers.picture)))
    first, second, third = scenes(3)
    answering.ask(Question("explore", first, "3", SAN))
    answering.ask_next(Question("scene", second, "3", SAN))
    answering.ask(Question("explore", third, "3", SAN))
    qtbot.waitUntil(lambda: not (answering.holds("explore") or answering.holds("scene")), timeout=30_000)
    assert arrived == [("scene", second), ("explore", third)]


def test_a_sweep_gives_way_to_whatever_is_asked_and_goes_on_after_it(answering: Answering, qtbot) -> None:
    told = []
    answering.swept.connect(lambda swept, question: told.append("swept"))
    answering.answered.connect(lambda answers, question: told.append("answered"))
    composition = random_composition("mref", 1)
    answering.ask(SweepQuestion("sweep", composition, 0, SAN, alone=False))
    answering.ask(Question("explore", scenes(1)[0], "3", SAN))
    qtbot.waitUntil(lambda: len(told) == 2, timeout=30_000)
    assert told == ["answered", "swept"]


def test_a_dropped_sweep_is_cancelled(answering: Answering, qtbot) -> None:
    told = []
    answering.swept.connect(lambda swept, question: told.append("swept"))
    answering.ask(SweepQuestion("sweep", random_composition("mref", 1), 0, SAN, alone=False))
    answering.drop("sweep")
    qtbot.waitUntil(lambda: not answering.holds("sweep"), timeout=30_000)
    qtbot.wait(30)
    assert not told


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


def test_closing_during_inference_ends_the_thread(qapp, shipped, sample_sets: Path) -> None:
    answering = Answering()
    for _ in range(5):
        answering.request(Opening(sample_sets / "mref"))
    assert answering.close(30_000)
    assert gc.isenabled()


def test_a_thread_that_the_system_does_not_allow_is_told(answering: Answering, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(QThread, "start", lambda *_: None)
    with qtbot.waitSignal(answering.failed) as failed:
        answering.request(Listing())
    assert "close other programs" in failed.args[0]
