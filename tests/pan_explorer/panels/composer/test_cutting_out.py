"""While the objects of a set of one's own are cut out, the composer offers no digits and asks no network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from pan.data.composer.set_objects import CutPicture, SetObjects
from pan.data.composer.variations import random_composition
from pan_explorer.panels.composer.answers import ComposerAnswers
from pan_explorer.panels.composer.bar import ComposerBar
from pan_explorer.panels.composer.card import ComposerCard
from pan_explorer.panels.composer.scene import ComposerScene
from pan_explorer.panels.composer.shelf import ObjectShelf
from pan_explorer.session.session import Session
from pan_explorer.theme import Theme
from pan_explorer.widgets.swatch import Swatch
from pan_explorer.widgets.tile import Tile
from tests.pan_explorer.own_scenes import composing, placed, tiles


@pytest.fixture
def may_cut(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No object is cut out before this is set."""
    may_cut, cut = threading.Event(), SetObjects.cut

    def slowly(source: SetObjects, word: str) -> Iterator[CutPicture]:
        may_cut.wait(20)
        return cut(source, word)

    monkeypatch.setattr(SetObjects, "cut", slowly)
    yield may_cut
    may_cut.set()


def test_the_shelf_says_that_objects_are_being_cut_out_and_offers_no_digits(
    may_cut: threading.Event, session: Session, theme: Theme, shapes: Path, qtbot
) -> None:
    window = composing(session, theme, shapes, qtbot, waits=False)
    shelf = window.findChild(ObjectShelf)
    assert [label.text() for label in shelf.findChildren(QLabel) if label.isVisible()] == [
        "Cutting objects out of “shapes” …",
    ]  # fmt: skip
    assert tiles(window) == []
    assert not any(swatch.isVisible() for swatch in window.findChildren(Swatch))
    may_cut.set()
    qtbot.waitUntil(lambda: len(tiles(window)) == 6, timeout=30_000)
    assert [label.text() for label in shelf.findChildren(QLabel) if label.isVisible()] == ["Objects of"]


def test_no_network_is_asked_about_digits_while_objects_are_cut_out(
    may_cut: threading.Event, begun: Session, shapes: Path, qtbot
) -> None:
    composer = begun.composer
    answers = ComposerAnswers(begun)
    qtbot.addWidget(answers)
    answers.resize(900, 600)
    answers.show()
    composer.enter("mref")
    qtbot.waitUntil(lambda: bool(composer.state.answers and composer.state.answers.panes), timeout=30_000)
    known = composer.state.answers
    composer.use_set(shapes)
    composer.inference.ask()  # as when the networks are chosen anew
    said = {(card._view._caption, card._answer.text()) for card in answers.findChildren(ComposerCard)}
    assert said == {("Cutting objects out of “shapes” …", "")}
    assert not composer.inference._idle.isActive()
    assert composer.state.answers is known
    may_cut.set()
    qtbot.waitUntil(lambda: composer.state.answers is not known, timeout=30_000)


def test_no_digit_comes_into_the_scene_while_objects_are_cut_out(
    may_cut: threading.Event, session: Session, theme: Theme, shapes: Path, qtbot
) -> None:
    window = composing(session, theme, shapes, qtbot, waits=False)
    before = session.composer.state.composed
    offered = []
    for each in window.findChild(ComposerBar).findChildren(QToolButton):
        if each.text() in ("Random", "Background"):
            each.menu().aboutToShow.emit()
            offered += [action.text() for action in each.menu().actions() if action.data()]
    assert offered == []
    session.composer.draw_random("mref")  # Ctrl+R
    assert session.composer.state.composed is before
    may_cut.set()
    qtbot.waitUntil(lambda: len(tiles(window)) == 6, timeout=30_000)
    assert {each.query for each in placed(session)} <= set(session.state.queries)


def test_a_digit_that_was_taken_is_dropped_when_objects_are_cut_out(
    may_cut: threading.Event, begun: Session, shapes: Path, qtbot
) -> None:
    scene = ComposerScene(begun)
    qtbot.addWidget(scene)
    scene.resize(600, 600)
    scene.show()
    QTest.mouseClick(scene.findChildren(Tile)[3], Qt.MouseButton.LeftButton)
    begun.composer.use_set(shapes)
    begun.composer.enter("mref")
    QTest.mouseClick(scene.canvas, Qt.MouseButton.LeftButton, pos=scene.canvas.from_scene(QPointF(50, 50)).toPoint())
    assert placed(begun) == ()
    may_cut.set()  # the thread ends with the session


def test_a_set_that_is_left_before_its_objects_are_cut_out_leaves_digits(
    may_cut: threading.Event, session: Session, theme: Theme, shapes: Path, qtbot
) -> None:
    window = composing(session, theme, shapes, qtbot, waits=False)
    session.choose_task("mdist")
    qtbot.waitUntil(lambda: len(tiles(window)) == 10, timeout=30_000)
    may_cut.set()  # the thread ends with the session


def test_a_scene_composed_before_the_kit_arrives_can_be_asked_the_sets_words(
    begun: Session, shapes: Path, qtbot
) -> None:
    composer = begun.composer
    composer.restore(random_composition("mref", 9))
    scene = placed(begun)
    composer.use_set(shapes)
    composer.enter("mref")
    qtbot.waitUntil(lambda: not composer.kits.is_reading(), timeout=30_000)
    composer.ask("heart")
    assert composer.state.query == "heart"
    assert placed(begun) == scene
