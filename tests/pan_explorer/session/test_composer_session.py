"""Composing: what an edit does to the scene, to its history, and to what the networks are asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pan.data.composer.saved_set import add_compositions
from pan.data.composer.variations import random_composition
from pan.data.reference.index import read_index
from pan_explorer.answering.requests import SweepQuestion
from pan_explorer.session.composer.session import ComposerSession
from pan_explorer.session.session import Session
from pan_explorer.state.scene_edits import cleared, deleted, duplicated, in_front, moved, nudged, rewritten


@pytest.fixture
def composer(begun: Session, qtbot) -> ComposerSession:
    """A composer that shows a random scene and its answers."""
    begun.pages.show("compose")
    qtbot.waitUntil(lambda: begun.composer.state.answers is not None, timeout=30_000)
    return begun.composer


def placed(composer: ComposerSession):
    return composer.state.composed.composition.placed


def settle(composer: ComposerSession, qtbot) -> None:
    """Wait until the answers are about the present scene."""
    qtbot.waitUntil(lambda: composer.state.answers.picture is composer.state.composed.picture, timeout=30_000)


def test_the_page_opens_on_a_scene_with_a_digit_selected_and_asked_about(composer: ComposerSession, begun) -> None:
    assert len(placed(composer)) >= 5
    assert composer.state.query == composer.state.object.query == begun.state.query
    assert len(composer.state.answers.panes) == 3


def test_no_network_is_asked_before_the_composer_is_opened(begun: Session, qtbot) -> None:
    begun.comparison.remove("mref/san")
    qtbot.wait(50)
    assert begun.composer.state.answers is None


def test_after_a_drag_the_answers_are_about_the_final_scene(composer: ComposerSession, qtbot) -> None:
    for step in range(20):
        composer.edit(moved(20.0 + step, 30.0), "move")
    settle(composer, qtbot)
    mask = composer.state.answers.picture.truths[composer.state.query].mask
    digit = composer.state.object
    rows, columns = np.nonzero(mask)
    assert abs(columns.mean() - digit.x) < digit.size[0] / 4
    assert abs(rows.mean() - digit.y) < digit.size[0] / 4


def test_an_answer_about_a_digit_that_is_no_longer_selected_is_dropped(composer: ComposerSession, qtbot) -> None:
    told = []
    composer.answers_changed.connect(told.append)
    other = next(place for place in range(len(placed(composer))) if place != composer.state.selected)
    composer.edit(moved(50.0, 50.0), "move")  # is being answered
    composer.select(other)
    settle(composer, qtbot)
    qtbot.waitUntil(lambda: bool(told) and told[-1].query == composer.state.query, timeout=30_000)
    assert {answers.query for answers in told} == {composer.state.query}


def test_selecting_asks_and_asking_selects(composer: ComposerSession, begun: Session) -> None:
    composer.select(0)
    assert begun.state.query == str(placed(composer)[0].digit)
    begun.ask(str(placed(composer)[1].digit))
    assert composer.state.selected == 1
    absent = next(word for word in "0123456789" if word not in {str(each.digit) for each in placed(composer)})
    begun.ask(absent)
    assert composer.state.selected is None
    assert composer.state.composed.lacks(absent)


def test_a_stroke_is_one_step_of_the_history(composer: ComposerSession) -> None:
    before = placed(composer)
    for step in range(10):
        composer.edit(moved(30.0 + step, 40.0), "move")
    composer.end_stroke()
    after = placed(composer)
    for _ in range(3):
        composer.scale(composer.state.object.scale * 1.05)
    composer.undo()
    assert placed(composer) == after
    composer.undo()
    assert placed(composer) == before
    composer.redo()
    assert placed(composer) == after


@pytest.mark.parametrize("edit", [
    lambda composer: composer.edit(deleted),
    lambda composer: composer.edit(duplicated),
    lambda composer: composer.recolour(next(each for each in ("red", "blue") if each != composer.state.object.colour)),
    lambda composer: composer.edit(rewritten),
    lambda composer: composer.edit(nudged(-1.0, -1.0)),
    lambda composer: composer.edit(cleared),
    lambda composer: composer.place(composer.state.kit.objects[4], 10.0, 90.0),
    lambda composer: composer.draw_random("mdist"),
    lambda composer: composer.draw_background("mbg"),
])  # fmt: skip
def test_every_edit_changes_the_scene_and_can_be_undone(composer: ComposerSession, edit) -> None:
    composition, selected = composer.state.composed.composition, composer.state.selected
    edit(composer)
    assert composer.state.composed.composition is not composition
    composer.undo()
    assert (composer.state.composed.composition, composer.state.selected) == (composition, selected)
    assert not composer.state.history.past


def test_without_a_selected_digit_its_verbs_do_nothing(composer: ComposerSession) -> None:
    composer.select(None)
    before = composer.state.composed
    for edit in (deleted, duplicated, rewritten, in_front):
        composer.edit(edit)
    composer.edit(moved(1.0, 1.0), "move")
    composer.scale(2.0)
    assert composer.state.composed is before


def test_a_digit_is_placed_in_the_colour_and_size_last_used(composer: ComposerSession) -> None:
    composer.recolour("green")
    composer.scale(0.8)
    composer.place(composer.state.kit.objects[2], 30.0, 30.0)
    assert (composer.state.object.colour, composer.state.object.scale) == ("green", 0.8)
    assert composer.state.query == "2"


def test_the_sweep_follows_the_selected_digit(composer: ComposerSession, qtbot) -> None:
    qtbot.waitUntil(lambda: composer.state.sweep_holds, timeout=30_000)
    assert set(composer.state.sweep.curves) == {"mref/pan-ctx", "mref/san", "mref/han"}
    composer.select(0 if composer.state.selected else 1)
    assert not composer.state.sweep_holds
    qtbot.waitUntil(lambda: composer.state.sweep_holds, timeout=30_000)


def test_scaling_keeps_the_sweep_and_recolouring_does_not(composer: ComposerSession, qtbot) -> None:
    qtbot.waitUntil(lambda: composer.state.sweep_holds, timeout=30_000)
    composer.scale(composer.state.object.scale * 0.99)
    assert composer.state.sweep_holds
    composer.recolour("red" if composer.state.object.colour != "red" else "blue")
    assert not composer.state.sweep_holds


def test_a_sweep_that_began_before_the_networks_were_changed_is_dropped(
    composer: ComposerSession, begun: Session, qtbot
) -> None:
    qtbot.waitUntil(lambda: composer.state.sweep_holds, timeout=30_000)
    late, models = composer.state.sweep, tuple(composer.state.sweep.curves)
    begun.pages.show("explore")
    begun.surgery.strengthen("mref/pan-ctx", "att4", 0.5)
    begun.answering.swept.emit(late, SweepQuestion("sweep", late.composition, late.place, models, late.alone))
    assert composer.state.sweep is None


def test_alone_a_digit_is_swept_without_the_others(composer: ComposerSession, qtbot) -> None:
    qtbot.waitUntil(lambda: composer.state.sweep_holds, timeout=30_000)
    among = composer.state.sweep
    composer.inference.sweep_alone(True)
    qtbot.waitUntil(lambda: composer.state.sweep_holds, timeout=30_000)
    alone = composer.state.sweep
    assert any(not np.array_equal(alone.curves[name].probability, among.curves[name].probability)
               for name in alone.curves)
    others = [place for place in range(len(placed(composer))) if place != composer.state.selected]
    selected = composer.state.selected
    for place in reversed(others):
        composer.select(place)
        composer.edit(deleted)
        selected -= place < selected
    composer.select(selected)
    composer.inference.sweep_alone(False)
    qtbot.waitUntil(lambda: composer.state.sweep_holds, timeout=30_000)
    for name in alone.curves:
        assert np.array(composer.state.sweep.curves[name]) == pytest.approx(np.array(alone.curves[name]), abs=1e-4)


def test_a_saved_scene_is_a_set_that_the_window_opens(
    composer: ComposerSession, begun: Session, tmp_path: Path, qtbot
) -> None:
    with qtbot.waitSignal(composer.succeeded):
        composer.files.save_scene(tmp_path / "mine")
    assert composer.state.folder == tmp_path / "mine"
    begun.files.open(tmp_path / "mine")
    qtbot.waitUntil(lambda: begun.state.folder == tmp_path / "mine", timeout=30_000)
    assert np.array_equal(begun.state.picture.fitted.pixels, composer.state.composed.scene.image)
    assert {query: truth.answers[0] for query, truth in begun.state.picture.truths.items()} == {
        str(each.digit): each.colour for each in placed(composer)
    }


def test_a_series_is_saved_behind_the_window(composer: ComposerSession, tmp_path: Path, qtbot) -> None:
    with qtbot.waitSignal(composer.succeeded, timeout=30_000) as told:
        composer.files.save_sweep(tmp_path / "sweep")
    assert "26 scenes" in told.args[0]
    assert len(read_index(tmp_path / "sweep")) == 26
    with qtbot.waitSignal(composer.succeeded, timeout=30_000):
        composer.files.save_variations(tmp_path / "more", 10)
    assert len({row.image for row in read_index(tmp_path / "more")}) == 10


def test_saving_where_something_else_lies_is_refused(composer: ComposerSession, begun, tmp_path: Path, qtbot) -> None:
    (tmp_path / "thesis.txt").write_text("all of it")
    with qtbot.waitSignal(begun.failed) as failed:
        composer.files.save_scene(tmp_path)
    assert "nothing in it was changed" in failed.args[0]


def test_files_bring_a_background_and_a_scene_back(composer: ComposerSession, tmp_path: Path, qtbot) -> None:
    Image.new("RGB", (300, 200), (9, 99, 199)).save(tmp_path / "sea.png")
    with qtbot.waitSignal(composer.composed_changed):
        composer.files.open_background(tmp_path / "sea.png")
    assert composer.state.composed.composition.background[50, 50].tolist() == [9, 99, 199]
    list(add_compositions(tmp_path / "set", [random_composition("mref", 9)]))
    with qtbot.waitSignal(composer.composed_changed):
        composer.files.open_scene(tmp_path / "set/compositions/000000.json")
    assert placed(composer) == random_composition("mref", 9).placed


def test_explore_shows_the_scene_with_what_is_true_of_it(composer: ComposerSession, begun: Session, qtbot) -> None:
    begun.explore_composed()
    assert begun.state.page == "explore"
    qtbot.waitUntil(lambda: begun.state.answers.picture is begun.state.picture and bool(begun.state.answers.panes),
                    timeout=30_000)
    reading = begun.state.answers.panes[0].reading
    assert reading.right is not None
    assert reading.layers[-1].on_object is not None
    assert begun.state.picture.name == "composed scene 1"


def test_a_look_at_the_composer_leaves_a_question_that_can_be_answered(begun: Session) -> None:
    asked = begun.state.query
    begun.pages.show("compose")
    absent = next(query for query in begun.state.queries if begun.state.picture.lacks(query))
    begun.ask(absent)
    begun.pages.show("explore")
    assert begun.state.query == asked


def test_a_new_task_replaces_the_scene_only_if_it_is_unedited(composer: ComposerSession, begun: Session) -> None:
    first = composer.state.composed
    begun.choose_task("mdist")
    second = composer.state.composed
    assert second is not first
    composer.edit(nudged(1.0, 1.0))
    third = composer.state.composed
    begun.choose_task("mbg")
    assert composer.state.composed is third


def test_a_task_without_digits_leaves_something_to_compose(begun: Session) -> None:
    begun.composer.enter("vg-tiny")
    assert len(placed(begun.composer)) >= 5
    begun.composer.draw_random("vg")
    assert len(placed(begun.composer)) >= 5


def test_a_scene_comes_back_from_what_is_kept_of_it(composer: ComposerSession) -> None:
    kept, before = composer.scene, placed(composer)
    composer.edit(cleared)
    composer.restore(kept)
    assert placed(composer) == before
    composer.undo()
    assert placed(composer) == ()


def test_a_window_that_closes_while_a_series_is_saved_leaves_the_set_as_it_was(
    qapp, shipped, tmp_path: Path, qtbot
) -> None:
    session = Session()
    session.composer.draw_random("mref")
    with qtbot.waitSignal(session.composer.succeeded):
        session.composer.files.save_scene(tmp_path / "mine")
    before = (tmp_path / "mine" / "index.csv").read_bytes()
    session.composer.files.save_variations(tmp_path / "mine", 100_000)
    with qtbot.waitSignal(session.composer.saving_changed):
        pass
    assert session.close()
    session.deleteLater()
    assert (tmp_path / "mine" / "index.csv").read_bytes() == before
