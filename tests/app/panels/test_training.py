"""The training panel: what it shows in each phase, what its buttons ask for, and what it never does unasked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from app.panels.training import TrainingPanel
from app.panels.training_words import about, command_line, duration
from app.training_choices import PRESETS, Choices, DeviceChoice, PastRun
from app.training_session import TrainingSession
from app.training_state import Recent, TrainingState
from pan.data.sources import Preparing, Sources
from pan.errors import InputError
from pan.events import Validating
from pan.recipes import RECIPES, find_recipe
from pan.speed import Speed, speed_key
from tests.app.fake_training import EPOCHS, RECIPE, STEPS, FakeTraining, epoch, probe, step

TRAINING = TrainingState(
    "training", RECIPE, Path("run"), "cpu", "bundled digits", None, (epoch(1, 0.6), epoch(2, 0.7)), 0,
    STEPS // 2, STEPS, (), 1_000, 10.0, "", ("one", "two"), (probe(0), probe(1), probe(2)),
)  # fmt: skip


def past_run(name: str, epochs: int) -> PastRun:
    recipe = find_recipe(name, "quick")
    return PastRun(Path(f"run-{epochs}"), recipe, tuple(epoch(number + 1) for number in range(epochs)), "cpu", 1e9,
                   "finished" if epochs == recipe.epochs else "stopped")


CHOICES = Choices(
    {(name, preset): find_recipe(name, preset) for name in RECIPES for preset in PRESETS},
    (DeviceChoice("cuda:0", "A fast one, 80 GB"), DeviceChoice("cpu", "CPU, 2 threads")),
    (past_run("mref/san", 3), past_run("mref/pan-ctx", EPOCHS)),
)


@pytest.fixture
def training(qtbot) -> Iterator[TrainingSession]:
    training = TrainingSession()
    yield training
    assert training.close(30_000)
    training.deleteLater()


@pytest.fixture
def panel(qtbot, training) -> TrainingPanel:
    panel = TrainingPanel(SimpleNamespace(training=training))
    qtbot.addWidget(panel)
    panel.resize(1280, 180)
    panel.show_choices(CHOICES)
    panel.set_folded(False)
    return panel


@pytest.fixture
def fake(monkeypatch) -> FakeTraining:
    fake = FakeTraining()
    monkeypatch.setattr("pan.training.train", fake.train)
    monkeypatch.setattr("pan.training.resume", fake.resume)
    return fake


def buttons(panel: TrainingPanel) -> set[str]:
    """The words on the buttons that can be pressed in the left part."""
    page = panel._left.currentWidget()
    words = {"Start", "Data…", "Fields…", "Pause", "Go on", "Stop and keep", "Cancel…"}
    return {each.text() for each in page.findChildren(QPushButton)
            if each.isVisibleTo(page) and each.isEnabled()} & words


@pytest.mark.parametrize(
    ("phase", "pressable"),
    [
        ("idle", {"Start", "Data…", "Fields…"}),
        ("preparing", {"Pause", "Stop and keep", "Cancel…"}),
        ("training", {"Pause", "Stop and keep", "Cancel…"}),
        ("paused", {"Go on", "Stop and keep", "Cancel…"}),
        ("stopping", set()),
        ("done", {"Start", "Data…", "Fields…"}),
        ("failed", {"Start", "Data…", "Fields…"}),
    ],
)
def test_each_phase_has_its_buttons(panel, phase, pressable) -> None:
    panel.show_state(replace(TRAINING, phase=phase))
    assert buttons(panel) == pressable


def texts(panel: TrainingPanel) -> str:
    page = panel.progress
    return " | ".join(label.text() for label in (page._title, page._setting, page._where, page._left, page._speed,
                                                 page._best, page._elapsed, page._waited))


def test_a_run_in_training_tells_where_it_stands(panel) -> None:
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


def test_curves_probe_and_log_follow_the_run(panel) -> None:
    panel.show_state(TRAINING)
    validation, training = panel.curves.plot._curves[:2]
    assert validation.y == pytest.approx((60, 70))
    assert training.y == pytest.approx((55, 65))
    assert panel.tabs.probe.strip.chosen == 2
    assert "4 is yellow, right" in panel.tabs.probe._said.text()
    panel.tabs.probe.strip.choose(0)
    assert "before training: 4 is red, wrong, it is yellow" in panel.tabs.probe._said.text()
    assert panel.tabs.log.toPlainText() == "one\ntwo"


def test_training_is_drawn_between_the_epochs_too(panel) -> None:
    recent = (Recent(0.5, 0.9, 0.5), Recent(1.0, 0.7, 0.6), Recent(1.5, 0.6, 0.75))
    panel.show_state(replace(TRAINING, recent=recent))
    line = panel.curves.plot._curves[1]
    assert (line.x, line.y) == ((0.5, 1, 1.5), (50, 60, 75))


def test_the_line_of_a_resumed_run_begins_with_its_earlier_epochs(panel) -> None:
    recent = (Recent(2.5, 0.9, 0.5),)
    panel.show_state(replace(TRAINING, first_step=2 * RECIPE.steps_per_epoch, recent=recent))
    assert panel.curves.plot._curves[1].x == (1, 2, 2.5)


def test_a_new_run_begins_with_an_empty_log_and_no_curves(panel) -> None:
    panel.show_state(TRAINING)
    panel.show_state(TrainingState("preparing", RECIPE, log=("other",)))
    assert panel.tabs.log.toPlainText() == "other"
    assert not panel.curves.plot.isVisibleTo(panel.curves)


def test_the_probe_of_a_lower_layer_can_be_seen(panel) -> None:
    panel.show_state(TRAINING)
    last = panel.tabs.probe.strip._images[2]
    panel.tabs.probe.layers.setCurrentText("att2")
    first = panel.tabs.probe.strip._images[2]
    assert first.pixelColor(50, 50).lightness() > last.pixelColor(50, 50).lightness()


def test_replay_lets_the_epochs_pass_and_ends_at_the_last(panel, qtbot) -> None:
    panel.show_state(TRAINING)
    probe, seen = panel.tabs.probe, []
    probe.strip.chosen_changed.connect(seen.append)
    probe.replay.click()
    assert probe.strip.chosen == 0
    qtbot.waitUntil(lambda: not probe.replay.isChecked(), timeout=10_000)
    assert seen == [0, 1, 2]
    probe.replay.click()
    probe.replay.click()
    assert not probe._player.isActive()


def test_start_trains_the_chosen_recipe_on_the_chosen_device(panel, training, fake, qtbot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(training, "start", lambda recipe, sources, device: asked.append((recipe, sources, device)))
    panel.setup.choose("mref/san", "standard")
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


def test_a_failure_stands_where_the_next_start_is(panel, training, fake, qtbot) -> None:
    training.start(RECIPE, Sources(), "cpu")
    fake.give(InputError("the disk is full."))
    qtbot.waitUntil(lambda: training.state.phase == "failed")
    assert panel.setup._note.text() == "the disk is full."
    assert panel.setup._note.property("surface") == "warning"
    panel.setup.choose("mref/han", "quick")
    assert "the disk is full." not in panel.setup._note.text()


def test_runs_are_listed_and_an_unfinished_one_can_be_resumed(panel, training, fake, qtbot) -> None:
    panel.tabs.show_tab("runs")
    rows = panel.tabs.runs
    assert [rows.topLevelItem(number).text(2) for number in range(2)] == [
        f"3 of {CHOICES.runs[0].recipe.epochs}, stopped", f"{EPOCHS} of {EPOCHS}",
    ]  # fmt: skip
    rows.setCurrentItem(rows.topLevelItem(1))
    assert not panel.tabs.resume.isEnabled()
    rows.setCurrentItem(rows.topLevelItem(0))
    qtbot.mouseClick(panel.tabs.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "pan train --resume run-3 --device cuda:0"
    qtbot.mouseClick(panel.tabs.resume, Qt.MouseButton.LeftButton)
    assert training.is_running()
    assert not panel.tabs.resume.isEnabled()


def test_a_past_run_can_be_shown_again_by_button_or_double_click(panel, training, qtbot, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(training, "review", shown.append)
    panel.tabs.show_tab("runs")
    rows = panel.tabs.runs
    rows.setCurrentItem(rows.topLevelItem(1))
    qtbot.mouseClick(panel.tabs.show_again, Qt.MouseButton.LeftButton)
    rows.itemActivated.emit(rows.topLevelItem(1), 0)
    assert shown == [CHOICES.runs[1]] * 2
    panel.show_state(TRAINING)
    panel.tabs.show_tab("runs")
    assert not panel.tabs.show_again.isEnabled()


def test_which_past_run_is_shown_is_told_each_time(panel) -> None:
    for words in ("Shows mref/san quick of 3 Jan", "Shows mref/han quick of 4 Jan"):
        panel.show_state(replace(TRAINING, phase="done", message=words))
        assert panel.setup._note.text() == words


def test_a_run_is_listed_by_the_name_it_was_given_if_any() -> None:
    run = CHOICES.runs[0]
    assert replace(run, path=Path("mref-san-20260102-030405")).title == "mref/san quick"
    assert replace(run, path=Path("twice the channels")).title == "twice the channels"


def test_patience_is_counted_and_drawn(panel) -> None:
    epochs = (epoch(1, 0.6), epoch(2, 0.7), epoch(3, 0.6, best=False))
    panel.show_state(replace(TRAINING, recipe=replace(RECIPE, patience=3), epochs=epochs))
    assert "1 of 3 without better" in texts(panel)
    assert panel.curves.plot._end == (5, "patience")
    panel.show_state(replace(TRAINING, epochs=epochs))
    assert panel.curves.plot._end is None


def test_validation_is_seen(panel) -> None:
    panel.show_state(replace(TRAINING, validating=Validating(80, 200)))
    assert "validating epoch 3: 80 of 200 images" in texts(panel)


def test_a_ticked_run_is_drawn_behind(panel) -> None:
    panel.show_state(TRAINING)
    panel.tabs.runs.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    assert [curve.faint for curve in panel.curves.plot._curves] == [False, False, True]
    panel.show_choices(CHOICES)
    assert len(panel.curves.plot._curves) == 3


@pytest.mark.parametrize("metric", ["accuracy", "loss", "tpr"])
def test_every_curve_can_be_drawn(panel, metric) -> None:
    panel.show_state(TRAINING)
    panel.curves.show_metric(metric)
    assert all(len(curve.y) == 2 for curve in panel.curves.plot._curves)


def test_the_menu_of_the_curves_changes_how_they_are_looked_at(panel) -> None:
    panel.show_state(TRAINING)
    menu = panel.curves._look.menu()
    smoothing = next(action.menu() for action in menu.actions() if action.text() == "Smoothing of training")
    next(action for action in smoothing.actions() if action.text() == "0.9").trigger()
    next(action for action in menu.actions() if action.text() == "Logarithmic").trigger()
    next(action for action in menu.actions() if action.text() == "Loss").trigger()
    assert panel.curves.plot._axes.smoothing == 0.9
    assert panel.curves.plot._axes.log
    assert panel.curves.plot._curves[0].name == "validation loss"


def test_fields_are_checked_as_they_are_typed(panel, qtbot) -> None:
    dialog = panel.setup.open_fields()
    dialog.form.set_text("channels", "0")
    assert dialog._error.text() == "channels must be at least 1, not 0."
    assert not dialog._use.isEnabled()
    dialog.form.set_text("channels", "eight")
    assert "“eight” is not a value of channels" in dialog._error.text()
    dialog.form.set_text("channels", "8")
    assert dialog._command.text() == "pan train mref/pan-ctx --preset quick --device cuda:0 --set channels=8"
    dialog._use.click()
    assert panel.setup.recipe == replace(RECIPE, channels=8)
    assert "changed: channels" in panel.setup._note.text()
    again = panel.setup.open_fields()
    assert again.form.changes() == {"channels": "8"}
    again.close()


def test_data_of_ones_own_are_looked_at_before_they_are_used(panel, training, sample_sets, qtbot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(training, "start", lambda recipe, sources, device: asked.append(sources))
    dialog = panel.setup.open_data()
    qtbot.waitUntil(lambda: "digits" in dialog._found.text(), timeout=30_000)
    dialog.set_folder("validation", str(sample_sets / "mref"))
    assert not dialog._use.isEnabled()
    qtbot.waitUntil(lambda: "goes with a training set" in dialog._found.text(), timeout=30_000)
    assert not dialog._use.isEnabled()
    dialog.set_folder("data", str(sample_sets / "mref"))
    qtbot.waitUntil(lambda: "questions about 4 images" in dialog._found.text(), timeout=30_000)
    dialog._use.click()
    assert "data: mref, validation: mref" in panel.setup._note.text()
    qtbot.mouseClick(panel.setup._start, Qt.MouseButton.LeftButton)
    assert asked == [Sources(data=sample_sets / "mref", validation=sample_sets / "mref")]
    fields = panel.setup.open_fields()
    assert f"--data {sample_sets / 'mref'} --validation" in fields._command.text()
    fields.close()


def test_a_dialog_closed_while_it_looks_leaves_nothing_behind(panel) -> None:
    dialog = panel.setup.open_data()
    dialog.set_folder("data", "somewhere")
    dialog.reject()
    assert panel.setup.sources == Sources()


def test_the_folder_is_chosen_in_a_file_dialog(panel, tmp_path, qtbot) -> None:
    dialog = panel.setup.open_data()
    dialog._choose("backgrounds")
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    assert dialog.sources() == Sources(backgrounds=tmp_path)
    chooser.close()
    dialog.reject()


def test_the_command_line_does_the_same() -> None:
    base = find_recipe("mref/pan-ctx", "quick")
    line = command_line(replace(base, gates=(3,), seed=7, normalize=False), base, "cpu", Sources())
    settings = dict(word.split("=") for word in line.split()[7:] if "=" in word)
    assert base.with_settings(settings) == replace(base, gates=(3,), seed=7, normalize=False)


def test_the_estimate_comes_from_the_last_run_of_such_a_network_on_that_device(panel) -> None:
    panel.setup.choose("mref/pan-ctx", "quick")
    assert "as last time" not in panel.setup._note.text()  # that was on the CPU, not on the fast one
    panel.setup._devices.setCurrentIndex(1)
    assert f"about {about(10 * EPOCHS)}, as last time" in panel.setup._note.text()
    panel.setup.choose("mref/han", "quick")
    assert "as last time" not in panel.setup._note.text()


def test_every_preset_has_its_time_measured_here(panel, training) -> None:
    panel.setup.choose("mref/han", "quick")
    assert panel.setup._times.texts() == ["", "", ""]
    key = speed_key(find_recipe("mref/han", "quick"), "A fast one, 80 GB")  # that of standard, which is only longer
    training.speeds._speeds[key] = Speed(0, 1e-3, 0)
    training.speeds.changed.emit()
    assert panel.setup._times.texts() == ["2 min", "10 min", ""]
    assert "about 2 min, measured here" in panel.setup._note.text()


def test_the_time_of_a_changed_recipe_is_that_of_the_change(panel, training) -> None:
    panel.setup.choose("mref/han", "quick")
    changed = replace(find_recipe("mref/han", "quick"), questions=1_200_000)
    training.speeds._speeds[speed_key(changed, "A fast one, 80 GB")] = Speed(0, 1e-3, 0)
    panel.setup._take_recipe(changed)
    assert panel.setup._times.texts()[0] == "20 min"


def test_times_are_measured_for_whoever_looks_and_not_for_others(panel, training, qtbot, monkeypatch) -> None:
    wanted = []
    monkeypatch.setattr(training.speeds, "measure", lambda recipes, device, title: wanted.append((recipes, device)))
    panel.setup.choose("mref/han", "standard")
    assert not panel.setup._choosing.isActive()
    panel.show()
    qtbot.waitUntil(lambda: bool(wanted), timeout=10_000)
    assert [recipe.preset for recipe in wanted[0][0]] == ["standard", "quick", "paper"]
    assert wanted[0][1] == "cuda:0"
    panel.hide()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(4, "10 s"), (44, "40 s"), (89, "90 s"), (130, "2 min"), (3_400, "57 min"), (7_700, "2 h 10 min")],
)
def test_estimates_are_told_at_the_precision_they_deserve(seconds, words) -> None:
    assert about(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (48, "48 s"), (60, "1 min"), (220, "3 min 40 s"), (1_500, "25 min"), (7_500, "2 h 5 min"),
     (3_590, "1 h")],
)
def test_durations_are_told_at_the_precision_that_means_something(seconds, words) -> None:
    assert duration(seconds) == words


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
    assert buttons(panel) == {"Start", "Data…", "Fields…"}
    assert panel.setup.device
    panel.hide()


def test_the_panel_is_there_before_torch() -> None:
    code = "import sys, app.panels.training; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
