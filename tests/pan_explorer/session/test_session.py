"""The document: what its verbs do, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtTest import QSignalSpy

from pan_explorer.session.session import Session
from pan_explorer.values.view import INPUT, LAYERS, Viewport
from tests.pan_explorer.waiting import answered


def test_a_session_begins_with_samples_and_three_networks(begun: Session) -> None:
    state = begun.state
    assert len(state.pictures) == 4
    assert state.picture is state.pictures[0]
    assert [model.title for model in state.models] == ["PAN-CTX", "SAN", "HAN"]
    assert len({model.colour for model in state.models}) == 3
    assert all(pane.reading for pane in state.answers.panes)


def test_the_first_question_is_about_something_in_the_image(begun: Session) -> None:
    assert begun.state.query in begun.state.picture.truths


def test_asking_brings_answers_to_that_question(begun: Session, qtbot) -> None:
    begun.ask("0" if begun.state.query != "0" else "1")
    qtbot.waitUntil(lambda: answered(begun))
    assert {pane.reading.explanation.query for pane in begun.state.answers.panes} == {begun.state.query}


def test_asking_the_present_query_again_starts_no_inference(begun: Session) -> None:
    asked = QSignalSpy(begun.query_changed)
    begun.ask(begun.state.query)
    assert asked.count() == 0


def test_a_query_outside_the_words_is_refused_with_a_sentence(begun: Session) -> None:
    failed, query = QSignalSpy(begun.failed), begun.state.query
    begun.ask("banana")
    assert "banana" in failed.at(0)[0]
    assert begun.state.query == query


def test_the_latest_of_many_questions_is_the_one_answered(begun: Session, qtbot) -> None:
    shown = QSignalSpy(begun.answers_changed)
    for query in "0123456789" * 3:
        begun.ask(query)
    qtbot.waitUntil(lambda: answered(begun))
    asked = [shown.at(number)[0] for number in range(shown.count())]
    assert asked[-1].query == "9"
    assert len([answers for answers in asked if answers.panes]) < 10, "questions nobody waits for were answered"


def test_a_digit_that_is_not_there_is_answered_and_known_to_mean_nothing(begun: Session, qtbot) -> None:
    absent = next(query for query in begun.state.queries if query not in begun.state.picture.truths)
    begun.ask(absent)
    qtbot.waitUntil(lambda: answered(begun))
    assert begun.state.answers.picture.lacks(absent)
    assert all(pane.reading.rank is None for pane in begun.state.answers.panes)


def test_numbers_are_known_where_the_truth_is(begun: Session) -> None:
    for pane in begun.state.answers.panes:
        last = pane.reading.layers[-1]
        assert 0 <= last.on_object.tpr <= 1
        assert 0 <= last.accumulated_on_object.tpr <= 1
        assert last.bits > 0
        assert pane.reading.rank in range(1, 6)


def test_stepping_stays_between_the_input_and_the_last_layer(session: Session) -> None:
    session.layers.go_to(INPUT)
    session.layers.step(-1)
    assert session.state.layer == INPUT
    for _ in range(9):
        session.layers.step(1)
    assert session.state.layer == LAYERS[-1]


def test_playing_passes_all_layers_and_stops(session: Session, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    passed = QSignalSpy(session.layer_changed)
    session.layers._player.setInterval(1)
    session.layers.toggle_play()
    qtbot.waitUntil(lambda: not session.state.playing)
    assert [passed.at(number)[0] for number in range(passed.count())] == list(LAYERS)


def test_equal_values_change_nothing(begun: Session) -> None:
    session = begun
    spies = [QSignalSpy(signal) for signal in (session.layer_changed, session.display_changed, session.viewport_changed,
                                               session.pointer_changed, session.kind_changed)]
    session.layers.go_to(session.state.layer)
    session.view.set_display(replace(session.state.display))
    session.view.set_viewport(Viewport())
    session.view.set_pointer(None)
    session.choose_task(session.state.kind)
    assert [spy.count() for spy in spies] == [0] * 5



def test_a_query_given_at_the_start_is_asked_first(session: Session, qtbot) -> None:
    session.begin(query="4")
    qtbot.waitUntil(lambda: session.state.answers is not None and bool(session.state.answers.panes), timeout=30_000)
    assert session.state.answers.query == "4"
    qtbot.waitUntil(lambda: bool(session.state.shipped))


def test_networks_of_another_task_given_at_the_start_bring_their_samples(session: Session, qtbot) -> None:
    session.begin(models=[("mbg/san", "san"), ("mbg/han", "han")])
    qtbot.waitUntil(lambda: answered(session) and bool(session.state.shipped), timeout=30_000)
    assert session.state.kind == "mbg"
    assert session.state.picture.name.startswith("mbg/")


def test_a_layer_that_no_shown_network_has_is_not_gone_to(begun: Session) -> None:
    before = begun.state.layer
    begun.layers.go_to("att9")
    begun.view.open_layer("att9")
    assert begun.state.layer == before
