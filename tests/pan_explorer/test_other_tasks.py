"""Networks of another input size, with other words: everything in the window follows what they are made for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton

from pan.checkpoints.file import save_checkpoint
from pan.models.build import build_model
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan_explorer.panels.chrome.status import StatusLine
from pan_explorer.panels.explore.model_pane import MOST_ANSWERS, ModelPane
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.panels.explore.query_bar import QueryBar
from pan_explorer.pictures.picture import Box, Truth
from pan_explorer.pictures.reading import fitted_at, picture_of
from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import Pointer
from pan_explorer.widgets.word_line import WordLine

THINGS = Task(64, tuple(f"thing {number}" for number in range(30)), tuple(f"word {number}" for number in range(40)))


@pytest.fixture
def things(tmp_path: Path) -> Path:
    """A network with gates at pools 2 and 3 that is asked about things, in images of 64 × 64."""
    recipe = Recipe("vg", "pan").with_fields(channels=4, hidden=4, gates=(2, 3), answer_weight=1.0)
    save_checkpoint(tmp_path / "things.safetensors", build_model(recipe, THINGS).eval(), recipe, THINGS, {})
    return tmp_path / "things.safetensors"


@pytest.fixture
def asked(session: Session, qtbot, things: Path, tmp_path: Path, noise: np.ndarray) -> Session:
    """A photograph, and that network alone."""
    Image.fromarray(noise).save(tmp_path / "photograph.png")
    session.begin(models=[(str(things), "pan")], image=tmp_path / "photograph.png")
    qtbot.waitUntil(lambda: bool(session.state.shipped and session.state.queries == THINGS.queries
                                 and session.state.answers.explanations), timeout=30_000)
    return session


def test_a_photograph_is_asked_what_the_first_network_can_be_asked(asked: Session) -> None:
    assert asked.state.query == "thing 0"
    assert asked.state.answers.panes[0].reading


@pytest.fixture
def heard(session: Session, qtbot) -> list[str]:
    """What is asked although it is none of the words, told whenever either changes."""
    bar = QueryBar(session)
    qtbot.addWidget(bar)
    wrong = []
    for changed in (session.query_changed, session.queries_changed):
        changed.connect(lambda _: None if session.state.query in session.state.queries
                        else wrong.append(session.state.query))
    return wrong


def test_the_query_is_always_one_of_the_words(heard: list[str], asked: Session, things: Path, qtbot) -> None:
    asked.ask("thing 3")
    asked.comparison.add("mref/san")
    asked.comparison.remove(str(things))
    qtbot.waitUntil(lambda: "0" in asked.state.queries and asked.state.answers.query == "0")
    assert asked.state.query == "0"
    assert heard == []


def test_a_session_asks_again_what_only_its_networks_know(
    heard: list[str], asked: Session, qtbot, tmp_path: Path
) -> None:
    asked.ask("thing 3")
    with qtbot.waitSignal(asked.succeeded):
        asked.files.save(tmp_path / "day.panx")
    asked.ask("thing 5")
    qtbot.waitUntil(lambda: asked.state.answers.query == "thing 5" and bool(asked.state.answers.explanations))
    asked.files.open(tmp_path / "day.panx")
    qtbot.waitUntil(lambda: asked.state.answers.query == "thing 3" and bool(asked.state.answers.explanations),
                    timeout=30_000)
    assert asked.state.query == "thing 3"
    assert heard == []


def test_the_layers_are_those_of_the_shown_networks(asked: Session, qtbot) -> None:
    compare = Compare(asked)
    qtbot.addWidget(compare)
    assert asked.state.layers == ("input", "att2", "att3", "att4")
    asked.layers.go_to("input")
    asked.layers.step(1)
    assert asked.state.layer == "att2"
    assert compare._stepper.maximum() == 3
    asked.view.toggle("layers")
    assert len(compare._views()) == 4


def test_hiding_the_only_network_with_gates_leaves_the_last_layer(begun: Session, qtbot) -> None:
    begun.layers.go_to("att2")
    begun.comparison.toggle("mref/pan-ctx")
    qtbot.waitUntil(lambda: begun.state.layers == ("input", "att4"))
    assert begun.state.layer == "att4"


def test_each_network_sees_the_image_at_its_own_size_and_the_pointer_counts_the_larger(
    asked: Session, qtbot
) -> None:
    compare, line = Compare(asked), StatusLine(asked)
    qtbot.addWidget(compare)
    qtbot.addWidget(line)
    asked.comparison.add("mref/san")
    asked.ask("thing 3")
    qtbot.waitUntil(lambda: len(asked.state.answers.panes) == 2 and asked.state.answers.query == "thing 3")
    assert "of another task" in asked.state.answers.panes[1].error
    assert "40 × 30, fitted to 64 × 64, with black borders" in line._image.text()
    asked.view.set_pointer(Pointer(99, 99))  # as counted before
    asked.view.set_pointer(Pointer(63, 63))
    assert compare.findChildren(ModelPane)[0].view._pixels == 64


def test_of_many_answers_the_most_probable_are_shown(asked: Session, qtbot) -> None:
    compare = Compare(asked)
    qtbot.addWidget(compare)
    bars = compare.findChild(ModelPane)._bars
    probabilities = asked.state.answers.explanations[0].probabilities
    assert len(bars._words) == MOST_ANSWERS
    assert bars._values == sorted(probabilities.tolist(), reverse=True)[:MOST_ANSWERS]


def test_one_of_many_words_is_found_by_typing(asked: Session, qtbot) -> None:
    bar = QueryBar(asked)
    qtbot.addWidget(bar)
    line = bar.findChild(WordLine)
    assert not bar.findChildren(QPushButton)
    line.clear()
    qtbot.keyClicks(line, "THING 7")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked.state.answers.query == "thing 7" and bool(asked.state.answers.panes))
    assert line.text() == "thing 7"
    line.completer().setCompletionPrefix("29")
    assert line.completer().currentCompletion() == "thing 29"


def test_a_word_that_cannot_be_asked_is_told_with_the_nearest(asked: Session) -> None:
    failed = QSignalSpy(asked.failed)
    asked.ask("thing 33")
    assert "“thing 33” cannot be asked" in failed.at(0)[0]
    assert "thing 3," in failed.at(0)[0]


def test_a_pasted_image_keeps_what_larger_networks_see_of_it() -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    picture = picture_of(Image.fromarray(pixels), "pasted")
    assert np.array_equal(fitted_at(picture, 300).pixels, pixels)
    assert len(fitted_at(picture, 64).pixels) == 64


def test_a_question_may_have_several_right_answers_and_several_boxes() -> None:
    truth = Truth(("red", "round"), None, boxes=(Box(0, 0, 0.5, 0.25), Box(0.75, 0.75, 0.25, 0.25)))
    region = truth.region(8)
    assert truth.answers == ("red", "round")
    assert region.sum() == 4 * 2 + 2 * 2
    assert region[:2, :4].all()
    assert region[6:, 6:].all()
    assert len(truth.outline) == 8


def test_a_mask_is_taken_to_a_networks_size() -> None:
    mask = np.zeros((10, 10), bool)
    mask[2:4, 5:10] = True
    assert np.array_equal(Truth(("red",), mask).region(20), mask.repeat(2, 0).repeat(2, 1))


def test_networks_of_two_sizes_share_pointer_and_fit(begun: Session, qtbot, tmp_path: Path) -> None:
    recipe = Recipe("mref", "san").with_fields(channels=4, hidden=4)
    small = Task(64, begun.state.queries, ("red", "yellow", "green", "blue", "white"))
    save_checkpoint(tmp_path / "small.safetensors", build_model(recipe, small).eval(), recipe, small, {})
    compare, line = Compare(begun), StatusLine(begun)
    qtbot.addWidget(compare)
    qtbot.addWidget(line)
    begun.comparison.move("mref/san", 0)
    begun.comparison.add(str(tmp_path / "small.safetensors"))
    qtbot.waitUntil(lambda: len(begun.state.answers.panes) == 4)
    readings = [pane.reading for pane in begun.state.answers.panes]
    assert [len(reading.explanation.image) for reading in readings] == [100, 100, 100, 64]
    assert all(reading.layers[-1].on_object is not None for reading in readings)
    assert "fitted to 64 × 64 and 100 × 100" in line._image.text()
    begun.view.set_pointer(Pointer(99, 99))
    rendering = Rendering.at(begun.state)
    name = str(tmp_path / "small.safetensors")
    assert rendering.value_at(name, Pointer(99, 99)) == pytest.approx(
        float(rendering.shown_map(rendering.layer_of(name))[63, 63]))
    assert {view._pixels for view in compare._views()} == {100}
