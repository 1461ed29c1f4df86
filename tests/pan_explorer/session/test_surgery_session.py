"""Surgery as the window's document keeps it: strokes, undo, reset, and networks that answer at once."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtTest import QSignalSpy

from pan.attention.surgery import LayerEdit, cells_where
from pan.system.errors import InputError
from pan_explorer.session.session import Session
from pan_explorer.session.surgery import SurgerySession

PAN, SAN = "mref/pan-ctx", "mref/san"
EVERYWHERE = cells_where(np.ones((25, 25), bool))


@pytest.fixture
def surgery(qapp) -> SurgerySession:
    return SurgerySession()


def reading(session: Session, model: str = PAN):
    pane = session.state.answers.pane(model)
    return pane and pane.reading


def under(session: Session, words: str, model: str = PAN) -> bool:
    """Whether the shown answer is one under this surgery."""
    return bool(reading(session, model)) and reading(session, model).explanation.surgery.in_words() == words


def test_a_stroke_is_undone_at_once_and_redone(surgery: SurgerySession) -> None:
    surgery.begin_stroke()
    for column in range(5):
        surgery.paint(PAN, "att2", {(3, column)}, "close")
    surgery.end_stroke()
    surgery.paint(PAN, "att3", {(0, 0)}, "open")
    surgery.undo()
    assert len(surgery.state.edit(PAN, "att2").closed) == 5
    assert not surgery.state.edit(PAN, "att3")
    surgery.undo()
    assert not surgery.state.edits
    surgery.redo()
    surgery.redo()
    assert surgery.state.edits[PAN].in_words() == "att2: 5 cells closed; att3: 1 cell open"
    surgery.redo()  # there is no more
    assert surgery.state.edits[PAN].in_words() == "att2: 5 cells closed; att3: 1 cell open"


def test_networks_are_asked_again_for_a_change_and_not_for_another_brush(surgery: SurgerySession) -> None:
    asked = QSignalSpy(surgery.in_force_changed)
    surgery.toggle()
    surgery.choose_brush("open")
    surgery.choose_size(3)
    assert asked.count() == 0
    surgery.paint(PAN, "att2", {(3, 3)}, "open")
    assert asked.count() == 1
    surgery.toggle_bypass()
    assert asked.count() == 2


def test_a_stroke_that_changes_nothing_is_not_undone(surgery: SurgerySession) -> None:
    surgery.paint(PAN, "att2", {(3, 3)}, "close")
    surgery.begin_stroke()
    surgery.paint(PAN, "att2", {(3, 3)}, "close")
    surgery.end_stroke()
    surgery.undo()
    assert not surgery.state.edits
    surgery.begin_stroke()
    surgery.end_stroke()
    surgery.redo()
    assert surgery.state.edits, "what was undone can still be done again"


def test_a_layer_or_all_is_reset_and_the_reset_undone(surgery: SurgerySession) -> None:
    surgery.paint(PAN, "att2", {(3, 3)}, "close")
    surgery.strengthen(SAN, "att4", 0.5)
    surgery.reset(PAN, "att2")
    assert list(surgery.state.edits) == [SAN]
    surgery.reset_all()
    assert not surgery.state.edits
    surgery.undo()
    surgery.undo()
    assert list(surgery.state.edits) == [PAN, SAN]


def test_ending_keeps_what_was_changed(surgery: SurgerySession) -> None:
    surgery.toggle()
    surgery.paint(PAN, "att2", {(3, 3)}, "close")
    surgery.toggle()
    assert not surgery.state.operating
    assert surgery.state.in_force


def test_painting_ends_the_look_at_the_unchanged_answers(surgery: SurgerySession) -> None:
    surgery.toggle_bypass()
    assert not surgery.state.bypassed  # there is nothing to be left out
    surgery.paint(PAN, "att2", {(3, 3)}, "close")
    surgery.toggle_bypass()
    assert not surgery.state.in_force
    surgery.paint(PAN, "att2", {(3, 4)}, "close")
    assert len(surgery.state.in_force[PAN].edit("att2").closed) == 2


def test_the_brush_keeps_to_its_sizes(surgery: SurgerySession) -> None:
    surgery.choose_size(0)
    assert surgery.state.size == 1
    surgery.choose_size(50)
    assert surgery.state.size == 9
    for brush in ("open", "erase", "close"):
        surgery.choose_next_brush()
        assert surgery.state.brush == brush


def test_surgery_is_unchanged_after_json(surgery: SurgerySession) -> None:
    surgery.paint(PAN, "att2", {(3, 3), (4, 4)}, "close")
    surgery.strengthen(SAN, "att4", 0.5)
    written = json.loads(json.dumps(surgery.to_json()))
    other = SurgerySession()
    other.restore(written)
    assert other.state.edits == surgery.state.edits
    with pytest.raises(InputError, match="attention surgery"):
        other.restore([1])
    assert other.state.edits == surgery.state.edits


def test_a_change_is_answered_at_once_and_undone(begun: Session, qtbot) -> None:
    before = reading(begun).explanation.probabilities
    begun.surgery.paint(PAN, "att2", EVERYWHERE, "close")
    qtbot.waitUntil(lambda: under(begun, "att2: 625 cells closed"))
    changed = reading(begun)
    assert np.abs(changed.explanation.probabilities - before).max() > 1e-6
    np.testing.assert_array_equal(changed.unchanged.probabilities, before)
    assert not changed.layer("att4").accumulated.any()
    assert reading(begun, SAN).unchanged is None
    begun.surgery.undo()
    qtbot.waitUntil(lambda: under(begun, ""))
    np.testing.assert_array_equal(reading(begun).explanation.probabilities, before)
    assert reading(begun).unchanged is None


def test_changes_stay_for_the_next_query_and_the_next_image(begun: Session, qtbot) -> None:
    begun.surgery.paint(PAN, "att2", {(1, 1)}, "close")
    begun.ask(next(query for query in begun.state.picture.truths if query != begun.state.query))
    qtbot.waitUntil(lambda: begun.state.answers.query == begun.state.query and under(begun, "att2: 1 cell closed"))
    begun.step_picture(1)
    qtbot.waitUntil(
        lambda: begun.state.answers.picture is begun.state.picture and under(begun, "att2: 1 cell closed")
    )


def test_answers_keep_coming_while_a_hand_paints(begun: Session, qtbot) -> None:
    """The last stroke is answered, and not only the last."""
    answered = []
    begun.answers_changed.connect(lambda answers: answered.append(answers.pane(PAN).reading.explanation.surgery))
    for row in range(25):
        for column in range(25):
            begun.surgery.paint(PAN, "att2", {(row, column)}, "close")
        qtbot.wait(5)
    qtbot.waitUntil(lambda: under(begun, "att2: 625 cells closed"))
    assert len(answered) > 2


def test_a_layer_the_network_lacks_is_told_in_its_pane(begun: Session, qtbot) -> None:
    begun.surgery.restore({SAN: {"att2": {"closed": [[0, 0]], "open": [], "strength": 1}}})
    qtbot.waitUntil(lambda: begun.state.answers.pane(SAN).error != "")
    assert "no attention at att2" in begun.state.answers.pane(SAN).error
    assert reading(begun) is not None


def test_the_exported_maps_name_the_change(begun: Session, qtbot, tmp_path) -> None:
    begun.surgery.strengthen(PAN, "att2", 0.5)
    qtbot.waitUntil(lambda: under(begun, "att2: strength 0.5"))
    with qtbot.waitSignal(begun.succeeded):
        begun.exports.maps(tmp_path / "maps.npz")
    with np.load(tmp_path / "maps.npz", allow_pickle=False) as maps:
        assert str(maps[f"{PAN}/surgery"]) == "att2: strength 0.5"
    assert begun.surgery.state.edit(PAN, "att2") == LayerEdit(strength=0.5)


def test_a_composed_scene_is_answered_under_surgery_too(begun: Session, qtbot) -> None:
    def is_changed() -> bool:
        answers = begun.composer.state.answers
        return bool(answers and answers.pane(PAN).reading.unchanged)

    begun.surgery.paint(PAN, "att2", EVERYWHERE, "close")
    begun.pages.show("compose")
    qtbot.waitUntil(is_changed, timeout=30_000)
    begun.surgery.toggle_bypass()
    qtbot.waitUntil(lambda: not is_changed())
    begun.pages.show("explore")


def test_a_renamed_network_keeps_its_changes_and_a_deleted_one_loses_them(surgery: SurgerySession) -> None:
    surgery.paint(PAN, "att2", {(3, 3)}, "close")
    surgery.paint(SAN, "att4", {(3, 3)}, "close")
    surgery.rename(PAN, "mine")
    surgery.rename(SAN, "")
    assert {name: edits.in_words() for name, edits in surgery.state.edits.items()} == {"mine": "att2: 1 cell closed"}
    surgery.undo()
    surgery.undo()
    surgery.redo()
    assert list(surgery.state.edits) == ["mine"]


def test_only_the_network_that_is_changed_is_asked_again(begun: Session, qtbot, monkeypatch) -> None:
    from pan_explorer.answering import reader

    asked = []
    explain = reader.explain_queries

    def recorded(checkpoint, *arguments):
        asked.append(checkpoint.name)
        return explain(checkpoint, *arguments)

    monkeypatch.setattr(reader, "explain_queries", recorded)
    begun.surgery.paint(PAN, "att2", {(0, 0)}, "close")
    qtbot.waitUntil(lambda: under(begun, "att2: 1 cell closed"))
    begun.surgery.undo()
    qtbot.waitUntil(lambda: under(begun, ""))
    assert asked == [PAN]
    assert begun.state.answers.milliseconds > 0  # what it took when it was asked
