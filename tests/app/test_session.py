"""The document: what its verbs do, and what they leave alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtTest import QSignalSpy

from app import settings
from app.comparison import with_model
from app.figure_order import FigureOrder
from app.session import Session
from app.values import INPUT, LAYERS, WHOLE, Pointer, Viewport


@pytest.fixture
def photograph(tmp_path: Path, noise: np.ndarray) -> Path:
    path = tmp_path / "photograph.png"
    Image.fromarray(noise).save(path)
    return path


def answered(session: Session) -> bool:
    """Whether what is shown is what was asked last."""
    state = session.state
    shown = {model.name for model in state.models if model.shown}
    return (state.answers is not None and state.answers.picture is state.picture
            and state.answers.query == state.query and {pane.model for pane in state.answers.panes} == shown)


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


def test_asking_the_same_again_asks_nobody(begun: Session) -> None:
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


def test_choosing_a_sample_without_the_queried_digit_asks_about_one_it_has(begun: Session, qtbot) -> None:
    other = begun.state.pictures[1]
    begun.ask(next(query for query in begun.state.queries if query not in other.truths))
    begun.strip.choose(other)
    assert begun.state.query in other.truths


def test_numbers_are_known_where_the_truth_is(begun: Session) -> None:
    for pane in begun.state.answers.panes:
        last = pane.reading.layers[-1]
        assert 0 <= last.tpr <= 1
        assert 0 <= last.accumulated_tpr <= 1
        assert last.bits > 0
        assert pane.reading.rank in range(1, 6)


def test_an_opened_image_is_shown_first_in_the_strip(begun: Session, qtbot, photograph: Path) -> None:
    begun.open(photograph)
    qtbot.waitUntil(lambda: begun.state.picture.path == photograph and answered(begun))
    assert begun.state.pictures[0] is begun.state.picture
    assert len(begun.state.pictures) == 5
    assert settings.recent_files() == (photograph,)
    assert all(pane.reading.rank is None for pane in begun.state.answers.panes)


def test_an_image_that_cannot_be_read_leaves_everything_as_it_was(begun: Session, qtbot, tmp_path: Path) -> None:
    before = begun.state
    (tmp_path / "broken.png").write_bytes(b"no image")
    with qtbot.waitSignal(begun.failed) as failed:
        begun.open(tmp_path / "broken.png")
    assert "broken.png" in failed.args[0]
    assert begun.state is before


def test_a_pasted_image_is_asked_about(begun: Session, qtbot, noise: np.ndarray) -> None:
    begun.paste(Image.fromarray(noise))
    qtbot.waitUntil(lambda: answered(begun))
    assert begun.state.answers.picture.name == "pasted image"


def test_a_reference_set_replaces_the_samples(begun: Session, qtbot, sample_sets: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_sets / "mbg", tmp_path / "own")
    begun.open(tmp_path / "own")
    qtbot.waitUntil(lambda: begun.state.picture.name.startswith("own/"))
    assert [picture.name for picture in begun.state.pictures] == [f"own/{number:06d}.png" for number in range(4)]


def test_a_folder_without_index_is_refused_with_a_sentence(begun: Session, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(begun.failed) as failed:
        begun.open(tmp_path)
    assert "index.csv" in failed.args[0]


def test_a_task_brings_its_samples_and_networks(begun: Session, qtbot) -> None:
    begun.choose_task("mbg")
    qtbot.waitUntil(lambda: begun.state.picture.name.startswith("mbg/") and answered(begun))
    assert [model.name for model in begun.state.models] == ["mbg/pan-ctx", "mbg/san", "mbg/han"]


def test_networks_the_user_added_stay_with_another_task(begun: Session, qtbot, checkpoints) -> None:
    own = str(checkpoints["mdist/san"])
    begun.comparison.add(own)
    qtbot.waitUntil(lambda: len(begun.state.models) == 4 and answered(begun))
    begun.choose_task("mbg")
    assert begun.state.models[-1].name == own


def test_an_added_network_gets_a_title_and_a_colour_of_its_own(begun: Session, qtbot) -> None:
    begun.comparison.add("mbg/san")
    qtbot.waitUntil(lambda: answered(begun) and len(begun.state.models) == 4)
    assert len({model.title for model in begun.state.models}) == 4
    assert len({model.colour for model in begun.state.models}) == 4


def test_a_checkpoint_that_is_cut_short_is_not_added(begun: Session, qtbot, checkpoints, tmp_path: Path) -> None:
    short = tmp_path / "short.safetensors"
    short.write_bytes(checkpoints["mref/san"].read_bytes()[:300])
    with qtbot.waitSignal(begun.failed) as failed:
        begun.comparison.add(str(short))
    assert "cut short" in failed.args[0]
    assert len(begun.state.models) == 3


def test_a_finished_run_is_compared_at_once(begun: Session, qtbot, checkpoints, tmp_path: Path) -> None:
    shutil.copy(checkpoints["mref/pan-ctx"], tmp_path / "best.safetensors")
    begun.training.finished_run.emit(tmp_path)
    qtbot.waitUntil(lambda: len(begun.state.models) == 4 and answered(begun))
    assert begun.state.answers.panes[-1].reading


def test_a_network_missing_from_the_task_says_so_in_its_pane(
    session: Session, qtbot, checkpoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = {name: path for name, path in checkpoints.items() if name != "mref/han"}
    monkeypatch.setattr("pan.checkpoint.shipped_checkpoints", lambda: others)
    session.begin()
    qtbot.waitUntil(lambda: answered(session) and bool(session.state.shipped), timeout=30_000)
    han = session.state.answers.pane("mref/han")
    assert han.reading is None
    assert "mref/han" in han.error
    assert session.state.answers.pane("mref/san").reading


def test_hiding_a_network_leaves_the_others(begun: Session, qtbot) -> None:
    begun.comparison.toggle("mref/san")
    qtbot.waitUntil(lambda: answered(begun))
    assert [pane.model for pane in begun.state.answers.panes] == ["mref/pan-ctx", "mref/han"]
    begun.comparison.remove("mref/han")
    qtbot.waitUntil(lambda: answered(begun))
    assert [pane.model for pane in begun.state.answers.panes] == ["mref/pan-ctx"]


def test_stepping_stays_between_the_input_and_the_last_layer(session: Session) -> None:
    session.go_to(INPUT)
    session.step(-1)
    assert session.state.layer == INPUT
    for _ in range(9):
        session.step(1)
    assert session.state.layer == LAYERS[-1]


def test_playing_passes_all_layers_and_stops(session: Session, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    passed = QSignalSpy(session.layer_changed)
    session._player.setInterval(1)
    session.toggle_play()
    qtbot.waitUntil(lambda: not session.state.playing)
    assert [passed.at(number)[0] for number in range(passed.count())] == list(LAYERS)


def test_equal_values_change_nothing(begun: Session) -> None:
    session = begun
    spies = [QSignalSpy(signal) for signal in (session.layer_changed, session.display_changed, session.viewport_changed,
                                               session.pointer_changed, session.kind_changed)]
    session.go_to(session.state.layer)
    session.show(replace(session.state.display))
    session.look_at(Viewport())
    session.point_at(None)
    session.choose_task(session.state.kind)
    assert [spy.count() for spy in spies] == [0] * 5


def test_another_image_is_seen_whole(begun: Session) -> None:
    begun.look_at(Viewport(0.4, 0.4, 0.5))
    begun.point_at(Pointer(3, 4))
    begun.step_picture(1)
    assert begun.state.viewport == WHOLE


def test_the_way_attention_is_shown_is_kept_for_the_next_start(session: Session, qtbot) -> None:
    session.show(replace(session.state.display, show="heat", colour_map="viridis", scale="shared", accumulated=False,
                         heat_opacity=0.25, quantity="after"))
    other = Session()
    assert other.state.display == session.state.display
    other.close()


def test_maps_are_exported(begun: Session, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(begun.succeeded):
        begun.exports.maps(tmp_path / "maps.npz")
    with np.load(tmp_path / "maps.npz") as maps:
        assert maps["mref/san/att4/attention"].shape == (6, 6)


def test_a_figure_is_exported_and_copied(begun: Session, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(begun.succeeded, timeout=20_000):
        begun.exports.figure(tmp_path / "figure.png", FigureOrder(dpi=60))
    with Image.open(tmp_path / "figure.png") as figure:
        assert figure.width > figure.height > 50
    with qtbot.waitSignal(begun.exports.drawn, timeout=20_000) as drawn:
        begun.exports.copy(FigureOrder(dpi=60))
    assert drawn.args[0].startswith(b"\x89PNG")


def test_an_export_that_fails_says_why(begun: Session, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(begun.failed, timeout=20_000) as failed:
        begun.exports.figure(tmp_path / "figure.bmp", FigureOrder(dpi=60))
    assert "figure.bmp" in failed.args[0]
    assert not (tmp_path / "figure.bmp").exists()


def test_there_is_nothing_to_export_before_there_is_an_answer(session: Session, tmp_path: Path) -> None:
    failed = QSignalSpy(session.failed)
    session.exports.maps(tmp_path / "maps.npz")
    assert "nothing to export" in failed.at(0)[0]


def test_a_set_with_words_of_its_own_brings_them_to_the_queries(begun: Session, qtbot, sample_sets, tmp_path) -> None:
    shutil.copytree(sample_sets / "mref", tmp_path / "own")
    index = tmp_path / "own" / "index.csv"
    rows = [row.split(",") for row in index.read_text().splitlines()]
    index.write_text("\n".join(",".join([row[0], f"number {row[1]}" if number else row[1], *row[2:]])
                               for number, row in enumerate(rows)) + "\n")
    begun.open(tmp_path / "own")
    qtbot.waitUntil(lambda: begun.state.picture.name.startswith("own/") and answered(begun))
    assert all(query.startswith("number ") for query in begun.state.queries)
    assert "of another task" in begun.state.answers.panes[0].error
    begun.choose_task("mref")
    qtbot.waitUntil(lambda: begun.state.picture.name.startswith("mref/") and answered(begun))
    assert begun.state.queries == tuple("0123456789")
    assert begun.state.answers.panes[0].reading


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


def test_a_run_is_called_by_its_hour() -> None:
    models = with_model((), "mref/san", "san")
    models = with_model(models, "/runs/mref-san-20260102-134501", "san")
    assert [model.title for model in models] == ["SAN", "SAN · 13:45"]


def test_a_layer_that_no_shown_network_has_is_not_gone_to(begun: Session) -> None:
    before = begun.state.layer
    begun.go_to("att9")
    begun.look_into("att9")
    assert begun.state.layer == before
