"""Networks are evaluated on an own set, and its questions are filtered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from pan.evaluation.answer_selection import Selection
from pan_explorer.panels.browser.answers import AnswersDialog
from pan_explorer.panels.browser.filters import BrowserFilters
from pan_explorer.panels.browser.summary import BrowserSummary
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.widgets.chooser import Chooser
from tests.pan_explorer.own_set import write_own_set
from tests.pan_explorer.own_sets.conftest import opened
from tests.pan_explorer.waiting import answered


def evaluate(session: Session, folder: Path, network: str, qtbot) -> None:
    """Open a set, and have a network answer all its questions."""
    opened(session, folder, qtbot)
    session.comparison.add(network)
    qtbot.waitUntil(lambda: network in session.state.asked and answered(session), timeout=30_000)
    session.browser.toggle(session.state.asked)
    session.browser.evaluate(session.state.asked)
    qtbot.waitUntil(lambda: network in session.browser.state.evaluated, timeout=60_000)


def test_an_evaluation_is_summed_up_and_its_confusions_lead_to_their_questions(
    window: MainWindow, session: Session, shapes: Path, own_network: str, qtbot
) -> None:
    evaluate(session, shapes, own_network, qtbot)
    measures = session.browser.state.evaluated[own_network].measures
    summary = window.findChild(BrowserSummary)
    texts = [label.text() for label in summary.findChildren(QLabel)]
    assert {"in %", "right"} <= set(texts)
    assert f"{100 * measures['accuracy']:.1f}" in texts
    summary.findChild(QPushButton).click()
    dialog = window.findChild(AnswersDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert session.browser.state.selection == Selection(), "no number has the focus"
    cells = {each.accessibleName(): each for each in dialog.findChildren(QPushButton)}
    name, cell = next((name, cell) for name, cell in cells.items() if " answered " in name)
    answer, _, rest = name.partition(" answered ")
    predicted, _, count = rest.partition(": ")
    cell.click()
    selection = session.browser.state.selection
    assert (selection.answer, selection.predicted, selection.by) == (answer, predicted, own_network)
    assert len(session.browser.state.rows) == int(count)
    name, cell = next((name, cell) for name, cell in cells.items() if " wrong" in name)
    cell.click()
    assert session.browser.state.selection.query == name.partition(" wrong")[0]
    assert len(session.browser.state.rows) == int(name.partition(": ")[2])
    dialog.close()


@pytest.mark.parametrize("end", ["removed", "trained again"])
def test_the_answers_of_a_network_are_one_window_that_closes_when_they_no_longer_hold(
    window: MainWindow, session: Session, shapes: Path, own_network: str, qtbot, end: str
) -> None:
    evaluate(session, shapes, own_network, qtbot)
    summary = window.findChild(BrowserSummary)
    for _ in range(2):
        summary.findChild(QPushButton).click()
    (dialog,) = window.findChildren(AnswersDialog)
    session.comparison.toggle(own_network)
    session.comparison.toggle(own_network)
    assert dialog.isVisible()
    if end == "removed":
        session.comparison.remove(own_network)
    else:
        session.browser.forget(own_network)
    assert not dialog.isVisible()


def test_networks_are_measured_on_the_part_test_beside_what_guesses_reach(
    window: MainWindow, session: Session, shapes: Path, own_network: str, qtbot
) -> None:
    (shapes / "split.csv").write_text("image,split\nimages/0.png,train\nimages/1.png,test\n", encoding="utf-8")
    evaluate(session, shapes, own_network, qtbot)
    qtbot.waitUntil(lambda: session.browser.state.guesses is not None, timeout=60_000)
    state = session.browser.state
    assert len(state.evaluated[own_network].answers.predicted) == 6  # all are answered, to be looked at
    counts = state.evaluated[own_network].measures["confusion"]["counts"]
    assert sum(map(sum, counts)) == state.evaluated[own_network].measures["examples"] == 4
    texts = [label.text() for label in window.findChild(BrowserSummary).findChildren(QLabel)]
    assert "PxAP" in texts
    # Heart is red in train, all else is guessed red too; two of four are.
    assert "4 questions, part test. Guessing: 50 % by the query, 50 % by the image." in texts
    part = next(each for each in window.findChild(BrowserFilters).findChildren(Chooser)
                if each.accessibleName() == "part of the set")  # fmt: skip
    assert [part.itemText(place) for place in range(part.count())] == ["any", "train", "test"]
    part.setCurrentText("train")
    part.activated.emit(1)
    assert len(session.browser.state.rows) == 2


def test_a_network_with_one_answer_says_why_it_cannot_be_asked_for_several(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    opened(session, write_own_set(tmp_path / "things", several=True), qtbot)
    session.browser.toggle(session.state.asked)
    with qtbot.waitSignal(session.failed, timeout=60_000) as failed:
        session.browser.evaluate(session.state.asked[:1])
    assert "things asks for several answers to a question, and mref/pan-ctx gives one" in failed.args[0]


def test_scales_are_offered_that_fit_the_set(window: MainWindow, session: Session, shapes: Path, qtbot) -> None:
    rows = (shapes / "index.csv").read_text(encoding="utf-8").splitlines()
    scaled = [f"{row.rstrip(',')},{10 * number}," for number, row in enumerate(rows[1:], 1)]
    (shapes / "index.csv").write_text("\n".join([rows[0], *scaled]), encoding="utf-8")
    opened(session, shapes, qtbot)
    session.browser.toggle(session.state.asked)
    low = next(each for each in window.findChild(BrowserFilters).findChildren(Chooser)
               if each.accessibleName() == "smallest scale")  # fmt: skip
    assert [low.itemText(place) for place in range(low.count())] == ["any", "10", "20", "30", "40", "50"]
