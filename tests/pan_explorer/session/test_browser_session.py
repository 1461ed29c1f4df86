"""Questions of a set: evaluated, filtered, sorted, and shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtTest import QSignalSpy

from pan.evaluation.answer_file import Evaluated
from pan.evaluation.answer_selection import Order, Selection
from pan.evaluation.answer_table import AnswerTable
from pan.system.resources import resources_folder
from pan_explorer.background import evaluation as evaluating
from pan_explorer.session.session import Session
from pan_explorer.state.browser_json import Browsed
from pan_explorer.state.browser_presets import presets

NAMES = ("mref/pan-ctx", "mref/san", "mref/han")


@pytest.fixture
def answered(begun: Session) -> Session:
    """PAN-CTX is right about the even questions, SAN about the first ten, HAN never."""
    state = begun.browser.state
    number = np.arange(len(state.questions))
    rights = {"mref/pan-ctx": number % 2 == 0, "mref/san": number < 10, "mref/han": number < 0}
    for name, right in rights.items():
        wrong = np.where(state.questions.answer == "red", "blue", "red")
        table = AnswerTable(np.where(right, state.questions.answer, wrong), number / 100, right / (1 + number))
        event = evaluating.Finished(state.folder, name, Evaluated(table, {"accuracy": float(right.mean())}))
        begun.browser._on_progress((event,))
    return begun


def test_all_questions_of_the_set_are_listed_without_asking_any_network(begun: Session) -> None:
    state = begun.browser.state
    assert len(state.rows) == len(state.questions) == sum(len(picture.truths) for picture in begun.state.pictures)
    begun.browser.list_questions(Selection(query="7"), Order())
    sevens = sum("7" in picture.truths for picture in begun.state.pictures)
    assert len(begun.browser.state.rows) == sevens


def test_choosing_a_question_shows_its_image_and_asks_it(answered: Session, qtbot) -> None:
    questions = answered.browser.state.questions
    answered.browser.list_questions(Selection({"mref/pan-ctx": True, "mref/san": False}), Order())
    rows = answered.browser.state.rows
    assert rows.tolist() == [number for number in range(len(questions)) if number % 2 == 0 and number >= 10]
    answered.browser.choose(2)
    assert answered.state.picture is answered.state.pictures[questions.image[rows[2]]]
    assert answered.state.query == questions.query[rows[2]]
    assert answered.browser.state.current == 2
    qtbot.waitUntil(lambda: answered.state.answers.query == answered.state.query
                    and bool(answered.state.answers.panes))


def test_arrows_step_through_the_listed_questions_while_they_are_listed(answered: Session) -> None:
    answered.browser.list_questions(Selection(), Order("confidence", "mref/san"))
    answered.browser.toggle(answered.state.asked)
    answered.browser.choose(0)
    assert answered.browser.state.rows[0] == len(answered.browser.state.questions) - 1
    answered.step_picture(1)
    answered.step_picture(1)
    assert answered.browser.state.current == 2
    answered.step_picture(-9)
    assert answered.browser.state.current == 0
    answered.browser.toggle(answered.state.asked)
    place = answered.state.pictures.index(answered.state.picture)
    answered.step_picture(-1)
    assert answered.state.picture is answered.state.pictures[place - 1]


def test_asking_something_else_marks_that_question_in_the_list(begun: Session) -> None:
    picture = begun.state.pictures[1]
    query = list(picture.truths)[-1]
    begun.strip.choose(picture)
    begun.ask(query)
    state = begun.browser.state
    row = state.rows[state.current]
    assert (state.questions.image[row], state.questions.query[row]) == (1, query)
    begun.browser.list_questions(Selection(query=next(each for each in "0123456789" if each != query)), Order())
    assert begun.browser.state.current == -1


def test_a_filter_by_an_unevaluated_network_lists_no_questions(begun: Session) -> None:
    begun.browser.list_questions(Selection({"mref/san": False}), Order())
    assert len(begun.browser.state.rows) == 0
    assert begun.browser.state.missing == {"mref/san"}


def test_networks_are_evaluated_and_their_answers_are_what_the_panes_show(begun: Session, qtbot) -> None:
    begun.browser.evaluate(begun.state.asked)
    assert begun.browser.state.progress is not None
    qtbot.waitUntil(lambda: begun.browser.state.progress is None, timeout=60_000)
    state = begun.browser.state
    assert set(state.evaluated) == set(NAMES)
    begun.browser.choose(3)
    qtbot.waitUntil(lambda: begun.state.answers.query == begun.state.query
                    and begun.state.answers.picture is begun.state.picture and len(begun.state.answers.panes) == 3)
    for pane in begun.state.answers.panes:
        table = state.tables[pane.model]
        assert pane.reading.answer == table.predicted[3]
        assert pane.reading.probability == pytest.approx(table.probability[3], abs=1e-4)
        assert pane.reading.layers[-1].accumulated_on_object.tpr == pytest.approx(table.tpr[3], abs=1e-4)
    accuracy = state.evaluated["mref/san"].measures["accuracy"]
    assert state.tables["mref/san"].right(state.questions).mean() == pytest.approx(accuracy)


def test_answers_are_kept_for_the_next_start_as_long_as_the_set_stays(
    begun: Session, qtbot, sample_sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own"
    shutil.copytree(sample_sets / "mref", folder)
    list(evaluating.evaluate_all(folder, NAMES[:2]))
    begun.files.open(folder)
    qtbot.waitUntil(lambda: begun.browser.state.folder == folder)
    begun.browser.toggle(begun.state.asked)
    qtbot.waitUntil(lambda: set(begun.browser.state.evaluated) == set(NAMES[:2]))
    index = folder / "index.csv"
    index.write_text("\n".join(index.read_text().splitlines()[:-1]) + "\n")
    assert list(evaluating.recall_all(folder, NAMES)) == []


def test_a_session_that_listed_questions_brings_their_kept_answers(begun: Session, monkeypatch) -> None:
    recalled = []
    monkeypatch.setattr(begun.browser, "recall", recalled.append)
    begun.browser.restore(Browsed(), begun.state.asked)
    assert (begun.browser.state.open, recalled) == (False, [])
    begun.browser.restore(Browsed(open=True), begun.state.asked)
    assert (begun.browser.state.open, recalled) == (True, [begun.state.asked])


def test_an_evaluation_can_be_cancelled_and_keeps_the_networks_that_are_through(
    begun: Session, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = len(begun.browser.state.questions)
    table = AnswerTable(np.array(["red"] * questions), np.ones(questions), np.ones(questions))
    asked = []

    def evaluate_all(folder: Path, names: list[str]):
        yield evaluating.Finished(folder, names[0], Evaluated(table, {}))
        while True:
            asked.append(1)
            yield evaluating.Progress("evaluating", len(asked), 10**9)

    monkeypatch.setattr("pan_explorer.session.browser.evaluate_all", evaluate_all)
    begun.browser.evaluate(begun.state.asked)
    qtbot.waitUntil(lambda: begun.browser.state.progress.done > 3)
    begun.browser.cancel()
    assert begun.browser.state.progress is None
    assert set(begun.browser.state.evaluated) == {"mref/pan-ctx"}
    assert begun.browser.close(5_000)
    after = len(asked)
    qtbot.wait(30)
    assert len(asked) == after


def test_a_network_with_other_words_is_refused_and_the_others_go_on(begun: Session, qtbot, tmp_path: Path) -> None:
    failed = QSignalSpy(begun.failed)
    begun.browser.evaluate(("mref/nothing", "mref/san"))
    qtbot.waitUntil(lambda: begun.browser.state.progress is None, timeout=60_000)
    assert "mref/nothing" in failed.at(0)[0]
    assert set(begun.browser.state.evaluated) == {"mref/san"}


def test_opening_another_set_resets_the_filter(answered: Session, qtbot, sample_sets: Path) -> None:
    answered.browser.list_questions(Selection({"mref/san": False}), Order())
    answered.choose_task("mbg")
    qtbot.waitUntil(lambda: answered.browser.state.folder == sample_sets / "mbg")
    state = answered.browser.state
    assert (state.evaluated, state.selection) == ({}, Selection())
    assert len(state.rows) == len(state.questions)


def test_without_a_set_browsing_says_what_to_open(session: Session) -> None:
    failed = QSignalSpy(session.failed)
    session.browser.toggle(session.state.asked)
    session.browser.evaluate(session.state.asked)
    assert [("index.csv" in failed.at(number)[0]) for number in range(2)] == [True, True]
    assert not session.browser.state.open


def test_presets_hold_the_first_network_against_the_others(answered: Session) -> None:
    made = {preset.title: preset for preset in presets(answered.state.models)}
    found = {}
    for title in ("Only PAN-CTX is right", "All are wrong", "Largest TPR gap, PAN-CTX − SAN"):
        answered.browser.list_questions(made[title].selection, made[title].order)
        found[title] = answered.browser.state.rows.tolist()
    number = np.arange(len(answered.browser.state.questions))
    assert sorted(found["Only PAN-CTX is right"]) == number[(number % 2 == 0) & (number >= 10)].tolist()
    assert sorted(found["All are wrong"]) == number[(number % 2 == 1) & (number >= 10)].tolist()
    assert found["Largest TPR gap, PAN-CTX − SAN"][0] == 10
    assert presets(answered.state.models[:1])[0].title == "PAN-CTX is wrong"
    assert presets(()) == []


def test_networks_with_several_answers_are_evaluated_too(begun: Session, qtbot) -> None:
    network = str(resources_folder() / "checkpoints" / "vg-tiny" / "pan-ctx.safetensors")
    begun.files.open(resources_folder() / "samples" / "vg-tiny")
    qtbot.waitUntil(lambda: begun.browser.state.folder.name == "vg-tiny")
    assert not any(picture.name.startswith("mref/") for picture in begun.state.pictures)
    begun.browser.evaluate([network])
    qtbot.waitUntil(lambda: network in begun.browser.state.evaluated, timeout=60_000)
    state = begun.browser.state
    accuracy = state.evaluated[network].measures["accuracy"]
    assert state.tables[network].right(state.questions).mean() == pytest.approx(accuracy)
    assert accuracy > 0.5
