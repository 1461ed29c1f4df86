"""Networks in the session: which are compared, how they are told apart, and what one that is missing says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pan_explorer.session.session import Session
from tests.pan_explorer.waiting import answered


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
    assert "truncated" in failed.args[0]
    assert len(begun.state.models) == 3


def test_a_finished_run_is_compared_at_once(begun: Session, qtbot, checkpoints, tmp_path: Path) -> None:
    shutil.copy(checkpoints["mref/pan-ctx"], tmp_path / "best.safetensors")
    begun.training.finished_run.emit(tmp_path)
    qtbot.waitUntil(lambda: len(begun.state.models) == 4 and answered(begun))
    assert begun.state.answers.panes[-1].reading


def test_answers_of_a_run_are_removed_when_it_is_resumed(begun: Session, qtbot, checkpoints, tmp_path: Path) -> None:
    shutil.copy(checkpoints["mref/pan-ctx"], tmp_path / "best.safetensors")
    begun.training.finished_run.emit(tmp_path)
    qtbot.waitUntil(lambda: len(begun.state.models) == 4 and answered(begun))
    begun.browser.evaluate(begun.state.asked)
    qtbot.waitUntil(lambda: begun.browser.state.progress is None, timeout=60_000)
    assert str(tmp_path) in begun.browser.state.evaluated
    begun.training.finished_run.emit(tmp_path)
    assert set(begun.browser.state.evaluated) == {"mref/pan-ctx", "mref/san", "mref/han"}
    qtbot.waitUntil(lambda: answered(begun))


def test_the_list_of_runs_follows_what_is_renamed(begun: Session, qtbot) -> None:
    with qtbot.waitSignal(begun.training.choices_changed, timeout=30_000):
        begun.training.look_up()
    with qtbot.waitSignal(begun.training.choices_changed, timeout=30_000):
        begun.library.moved.emit("old", "new")


def test_a_network_missing_from_the_task_says_so_in_its_pane(
    session: Session, qtbot, checkpoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = {name: path for name, path in checkpoints.items() if name != "mref/han"}
    monkeypatch.setattr("pan.checkpoints.file.shipped_checkpoints", lambda: others)
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
