"""The training panel: what it shows in each phase, what its buttons ask for, and what it never does unasked."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea

from pan.data.sources import Sources
from pan.recipes.by_name import find_recipe
from pan.system.errors import InputError
from pan.system.steps import Preparing
from pan.training.events import Validating
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.state.training import TrainingState
from tests.pan_explorer.fake_training import EPOCHS, RECIPE, TRAINING, epoch, probe, step


def buttons(panel: TrainingPanel) -> set[str]:
    """The words on the buttons that can be pressed in the left part."""
    page = panel._left.currentWidget()
    words = {"Start", "Data …", "Fields …", "Pause", "Go on", "Stop and keep", "Cancel …"}
    return {each.text() for each in page.findChildren(QPushButton)
            if each.isVisibleTo(page) and each.isEnabled()} & words


@pytest.mark.parametrize(
    ("phase", "pressable"),
    [
        ("idle", {"Start", "Data …", "Fields …"}),
        ("preparing", {"Pause", "Stop and keep", "Cancel …"}),
        ("training", {"Pause", "Stop and keep", "Cancel …"}),
        ("paused", {"Go on", "Stop and keep", "Cancel …"}),
        ("stopping", set()),
        ("done", {"Start", "Data …", "Fields …"}),
        ("failed", {"Start", "Data …", "Fields …"}),
    ],
)
def test_each_phase_has_its_buttons(panel, phase, pressable) -> None:
    panel.show_state(replace(TRAINING, phase=phase))
    assert buttons(panel) == pressable


def texts(panel: TrainingPanel) -> str:
    page = panel.progress
    return " | ".join(label.text() for label in (page._title, page._setting, page._where, page._left, page._speed,
                                                 page._best, page._elapsed, page._patience))


def test_the_panel_shows_the_progress_of_a_running_training(panel) -> None:
    panel.show_state(TRAINING)
    for words in ("mref/pan-ctx", "quick · cpu", f"epoch {EPOCHS // 2 + 1} of {EPOCHS}", "10 s left", "100 questions/s",
                  "best 70.0 %", "10 s so far"):
        assert words in texts(panel)
    assert panel.progress._whole.share == pytest.approx(0.5, abs=0.01)


def test_the_time_left_is_estimated_before_it_is_told(panel) -> None:
    panel.show_state(replace(TRAINING, seconds=1.0))
    assert "estimating" in texts(panel)


def test_preparing_tells_how_far_the_data_are(panel) -> None:
    panel.show_state(TrainingState("preparing", RECIPE, preparing=Preparing("mref train scenes", 1_500, 6_000)))
    assert "1,500 of 6,000" in texts(panel)
    assert panel.progress._whole.share == 0.25


def test_start_trains_the_chosen_recipe_on_the_chosen_device(panel, training, fake, qtbot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(training, "start", lambda recipe, sources, device: asked.append((recipe, sources, device)))
    training.plan.choose("mref/san", "standard")
    panel.setup._devices.setCurrentIndex(1)
    qtbot.mouseClick(panel.setup._start, Qt.MouseButton.LeftButton)
    assert asked == [(find_recipe("mref/san", "standard"), Sources(), "cpu")]


def test_a_whole_run_with_the_mouse(panel, training, fake, qtbot) -> None:
    models = []
    training.finished_run.connect(models.append)
    panel.set_folded(True)
    qtbot.mouseClick(panel.setup._start, Qt.MouseButton.LeftButton)
    assert not panel.folded
    qtbot.waitUntil(lambda: training.state.run is not None)
    fake.give(fake.started(), step(5), epoch(1))
    qtbot.waitUntil(lambda: bool(training.state.epochs))
    qtbot.mouseClick(panel.progress.pause, Qt.MouseButton.LeftButton)
    assert training.state.phase == "paused"
    qtbot.mouseClick(panel.progress.go_on, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.progress.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: training.state.phase == "done")
    assert models == [training.state.run]
    assert "Stopped after 1 of" in panel.setup._note.text()


def test_cancel_asks_before_it_discards(panel, training, fake, qtbot) -> None:
    training.start(RECIPE, Sources(), "cpu")
    qtbot.waitUntil(lambda: training.state.run is not None)
    folder = training.state.run
    box = panel.ask_to_cancel()
    assert box.defaultButton().text() == "Go on training"
    box.defaultButton().click()
    assert training.state.phase == "preparing"
    next(each for each in panel.ask_to_cancel().buttons() if each.text() == "Throw away").click()
    qtbot.waitUntil(lambda: training.state.phase == "idle")
    assert not folder.exists()
    assert "nothing of the run was kept" in panel.setup._note.text()


def test_the_question_before_a_run_is_discarded_goes_when_the_run_ends(panel, training, fake, qtbot) -> None:
    training.start(RECIPE, Sources(), "cpu")
    qtbot.waitUntil(lambda: training.state.run is not None)
    box = panel.ask_to_cancel()
    with qtbot.waitSignal(box.rejected, timeout=30_000):
        fake.give(fake.started(), epoch(1), fake.finished())
    assert training.state.phase == "done"


def test_a_failure_stands_where_the_next_start_is(panel, training, fake, qtbot) -> None:
    training.start(RECIPE, Sources(), "cpu")
    fake.give(InputError("the disk is full."))
    qtbot.waitUntil(lambda: training.state.phase == "failed")
    assert panel.setup._note.text() == "the disk is full."
    assert panel.setup._note.property("surface") == "warning"
    training.plan.choose("mref/han", "quick")
    assert "the disk is full." not in panel.setup._note.text()


def test_of_equal_epochs_the_latest_is_kept_and_patience_counts_from_the_first(panel) -> None:
    epochs = (epoch(1, 0.6), epoch(2, 0.7), epoch(3, 0.7), epoch(4, 0.6, best=False))
    state = replace(TRAINING, recipe=RECIPE.with_fields(patience=3), epochs=epochs)
    assert state.best.epoch == 3
    panel.show_state(state)
    assert "2 of 3 without better" in texts(panel)
    assert panel.curves.plot._end == (5, "patience")


def test_patience_is_counted_and_drawn(panel) -> None:
    epochs = (epoch(1, 0.6), epoch(2, 0.7), epoch(3, 0.6, best=False))
    panel.show_state(replace(TRAINING, recipe=RECIPE.with_fields(patience=3), epochs=epochs))
    assert "1 of 3 without better" in texts(panel)
    assert panel.curves.plot._end == (5, "patience")
    panel.show_state(replace(TRAINING, epochs=epochs))
    assert panel.curves.plot._end is None


def test_validation_is_seen(panel) -> None:
    panel.show_state(replace(TRAINING, validating=Validating(80, 200)))
    assert "validating epoch 3: 40 %" in texts(panel)


def test_folded_it_is_one_line_that_still_tells_of_the_run(panel) -> None:
    panel.show_state(TRAINING)
    panel.set_folded(True)
    assert panel.maximumHeight() < 50
    assert "training, epoch" in panel._summary.text()


def test_devices_and_recipes_are_looked_for_when_the_panel_is_first_seen(qtbot, training) -> None:
    panel = TrainingPanel(SimpleNamespace(training=training))
    qtbot.addWidget(panel)
    panel.show()
    assert training.choices is None
    assert buttons(panel) == set()
    panel.set_folded(False)
    qtbot.waitUntil(lambda: training.choices is not None, timeout=30_000)
    assert buttons(panel) == {"Start", "Data …", "Fields …"}
    assert training.plan.device.name != "auto"
    panel.hide()


def test_the_panel_is_there_before_torch() -> None:
    code = "import sys, pan_explorer.panels.training.panel; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_long_message_can_be_scrolled_to_its_end(panel, qtbot) -> None:
    panel.show()
    panel.show_state(replace(TRAINING, phase="done", message="Stopped: " + "train with more questions. " * 20))
    area = next(each for each in panel.setup.findChildren(QScrollArea) if each.widget() is panel.setup._note)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)


def test_the_probe_draws_its_last_layer_once_and_frees_the_pictures_of_other_runs(panel, monkeypatch) -> None:
    shown = panel.tabs.probe
    drawn = []
    monkeypatch.setattr(shown.strip, "set_frames", drawn.append)
    for number in range(3):
        panel.show_state(replace(TRAINING, probes=(probe(number),)))
        assert {layer for _, layer in shown._pictures} == {2}
        assert len(shown._pictures) == 1
    assert len(drawn) == 3
