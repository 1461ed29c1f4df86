"""The browser's column: what can be clicked, and what stands in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from pan.evaluation.answer_file import Evaluated
from pan.evaluation.answer_selection import Order, Selection
from pan.evaluation.answer_table import AnswerTable
from pan_explorer.panels.browser.panel import Browser
from pan_explorer.panels.explore.image_strip import ImageStrip
from pan_explorer.session.session import Session
from pan_explorer.state.evaluation import Finished, Progress
from tests.pan_explorer.reading import label_words


@pytest.fixture
def browser(begun: Session, qtbot) -> Browser:
    """Every network is right about one question in two; PAN-CTX about the even ones."""
    state = begun.browser.state
    number = np.arange(len(state.questions))
    for nth, name in enumerate(("mref/pan-ctx", "mref/san", "mref/han")):
        right = number % 2 == min(nth, 1)
        wrong = np.where(state.questions.answer == "red", "blue", "red")
        table = AnswerTable(np.where(right, state.questions.answer, wrong), (number + nth) / 100, right / 2)
        begun.browser._on_progress((Finished(state.folder, name, Evaluated(table, {})),))
    browser = Browser(begun)
    qtbot.addWidget(browser)
    browser.resize(288, 700)
    begun.browser.toggle(begun.state.asked)
    return browser


def button(browser: Browser, text: str) -> QPushButton:
    return next(each for each in browser.findChildren(QPushButton) if each.text() == text)


def texts(browser: Browser) -> list[str]:
    return [label.text() for label in browser.findChildren(QLabel) if label.isVisibleTo(browser)]


def test_right_and_wrong_are_two_clicks(browser: Browser, begun: Session) -> None:
    verdicts = browser._filters._verdicts
    verdicts["mref/pan-ctx"].button("right").click()
    verdicts["mref/san"].button("wrong").click()
    assert begun.browser.state.selection.right == {"mref/pan-ctx": True, "mref/san": False}
    total = len(begun.browser.state.questions)
    assert f"{(total + 1) // 2:,} of {total:,} questions" in texts(browser)
    verdicts["mref/san"].button("any").click()
    assert begun.browser.state.selection.right == {"mref/pan-ctx": True}


def test_words_scales_and_order_are_chosen_from_lists(browser: Browser, begun: Session) -> None:
    filters = browser._filters
    for chooser, text in ((filters._query, "7"), (filters._predicted, "red"), (filters._by, "SAN"),
                          (filters._low, "1"), (filters._high, "2.5"), (filters._key, "gap in TPR")):  # fmt: skip
        place = chooser.findText(text)
        assert place >= 0, text
        chooser.setCurrentIndex(place)
        chooser.activated.emit(place)
    state = begun.browser.state
    assert state.selection == Selection(query="7", predicted="red", by="mref/san", low=1.0, high=2.5)
    assert state.order == Order("tpr gap", "mref/pan-ctx", "mref/san")
    filters._direction.click()
    assert not begun.browser.state.order.descending
    button(browser, "Clear").click()
    assert (begun.browser.state.selection, begun.browser.state.order) == (Selection(), Order())


def test_a_click_on_a_row_shows_its_question(browser: Browser, begun: Session, qtbot) -> None:
    browser.show()
    place = browser._list.place(4).center().toPoint()
    qtbot.mouseClick(browser._list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert begun.browser.state.current == browser._list.current == 4
    assert begun.state.query == begun.browser.state.questions.query[4]
    hint = browser._list.rows.hint(4)
    assert "PAN-CTX: " in hint
    assert "TPR 50 %" in hint


def test_of_several_answers_the_summary_says_how_well_they_are_ranked(
    browser: Browser, begun: Session, qtbot
) -> None:
    state = begun.browser.state
    measures = {"accuracy": 0.42, "mean_average_precision": 0.61, "examples": 9}
    answered = Evaluated(state.tables["mref/san"], measures)
    begun.browser._on_progress((Finished(state.folder, "mref/san", answered),))
    qtbot.waitUntil(lambda: {"in %", "mAP", "61.0"} <= set(texts(browser)))
    assert "42.0" not in texts(browser)


def test_a_filter_without_matches_says_what_to_do(browser: Browser, begun: Session) -> None:
    begun.browser.list_questions(Selection(query="no such word"), Order())
    assert browser._stack.currentIndex() == 1
    assert "press Clear" in browser._empty.text()


def test_a_network_that_must_answer_first_is_named_with_the_button_that_asks_it(
    browser: Browser, begun: Session, qtbot
) -> None:
    begun.comparison.add("mbg/san")
    qtbot.waitUntil(lambda: len(begun.state.models) == 4)
    title = begun.state.models[-1].title
    assert browser._evaluate.text() == "Evaluate 1 network"
    assert title in browser._evaluate.toolTip()
    browser._filters._verdicts["mbg/san"].button("wrong").click()
    assert title in browser._empty.text()
    browser._evaluate.click()
    qtbot.waitUntil(lambda: "mbg/san" in begun.browser.state.evaluated, timeout=60_000)
    qtbot.waitUntil(lambda: begun.browser.state.progress is None)
    assert browser._evaluate.isHidden()
    assert len(begun.browser.state.rows) == np.sum(
        ~begun.browser.state.tables["mbg/san"].right(begun.browser.state.questions)
    )


def test_a_hidden_network_that_the_filter_needs_is_asked_too(browser: Browser, begun: Session, qtbot) -> None:
    begun.browser.forget("mref/han")
    begun.browser.list_questions(Selection({"mref/han": False}), Order())
    begun.comparison.toggle("mref/han")
    assert "HAN must answer all questions first" in browser._empty.text()
    assert (browser._evaluate.isHidden(), browser._evaluate.text()) == (False, "Evaluate 1 network")
    browser._evaluate.click()
    qtbot.waitUntil(lambda: "mref/han" in begun.browser.state.evaluated, timeout=60_000)
    qtbot.waitUntil(lambda: begun.browser.state.progress is None)
    browser._filters._verdicts["mref/han"].button("any").click()
    assert begun.browser.state.selection == Selection()


def test_a_network_that_is_removed_leaves_the_filter(browser: Browser, begun: Session) -> None:
    begun.browser.list_questions(Selection({"mref/san": True}, query="7", predicted="red", by="mref/han"),
                                 Order("confidence gap", "mref/pan-ctx", "mref/han"))
    begun.comparison.remove("mref/han")
    assert begun.browser.state.selection == Selection({"mref/san": True}, query="7")
    assert browser._filters._key.currentText() == "as stored"
    begun.comparison.remove("mref/san")
    begun.comparison.remove("mref/pan-ctx")
    assert begun.browser.state.selection == Selection(query="7")


@pytest.mark.parametrize("new", ["a-new-name", ""])
def test_a_network_with_a_new_name_keeps_its_answers_and_its_place_in_the_filter(
    browser: Browser, begun: Session, new: str
) -> None:
    begun.browser.list_questions(Selection({"mref/san": True, "mref/han": False}, predicted="red", by="mref/han"),
                                 Order("tpr", "mref/han"))
    listed = len(begun.browser.state.rows)
    begun.library.moved.emit("mref/han", new)
    state = begun.browser.state
    if not new:
        assert (state.selection, state.order) == (Selection({"mref/san": True}), Order())
        assert set(state.evaluated) == {"mref/pan-ctx", "mref/san"}
        return
    assert state.selection == Selection({"mref/san": True, new: False}, predicted="red", by=new)
    assert state.order == Order("tpr", new)
    assert len(state.rows) == listed
    assert browser._filters._verdicts[new].chosen_word == "wrong"


def test_progress_is_told_and_the_button_cancels(browser: Browser, begun: Session) -> None:
    begun.browser._change(progress=Progress("evaluating SAN", 500, 2_000))
    assert "evaluating SAN · 500 of 2,000" in texts(browser)
    assert browser._bar.share == 0.25
    assert browser._evaluate.text() == "Cancel"


def test_presets_are_in_the_menu(browser: Browser, begun: Session) -> None:
    browser._fill_presets()
    first = browser._presets.actions()[0]
    assert first.text() == "Only PAN-CTX is right"
    first.trigger()
    assert begun.browser.state.selection.right == {"mref/pan-ctx": True, "mref/san": False, "mref/han": False}


def test_the_sign_in_a_networks_name_is_read_in_the_presets(browser: Browser, begun: Session) -> None:
    begun.change(models=tuple(replace(model, title=f"R&D {model.title}") for model in begun.state.models))
    browser._fill_presets()
    first = browser._presets.actions()[0]
    assert label_words(first.text()) == "Only R&D PAN-CTX is right"
    first.trigger()
    assert begun.browser.state.selection.right == {"mref/pan-ctx": True, "mref/san": False, "mref/han": False}


def test_images_give_way_to_questions_and_come_back(browser: Browser, begun: Session, qtbot) -> None:
    strip = ImageStrip(begun)
    qtbot.addWidget(strip)
    button(browser, "Images").click()
    assert (browser.isHidden(), strip.isHidden()) == (True, False)
    begun.browser.toggle(begun.state.asked)
    assert (browser.isHidden(), strip.isHidden()) == (False, True)


def test_with_many_networks_a_row_shows_marks_alone(browser: Browser, begun: Session, qtbot) -> None:
    narrow = browser._list.grab().toImage()
    state = begun.browser.state
    extra = [Finished(state.folder, f"mbg/{name}", state.evaluated["mref/san"]) for name in ("pan-ctx", "san", "han")]
    begun.browser._on_progress(tuple(extra))
    for name in ("mbg/pan-ctx", "mbg/san", "mbg/han"):
        begun.comparison.add(name)
    qtbot.waitUntil(lambda: len(browser._list.rows._models) == 6)
    assert browser._list.grab().toImage() != narrow
