"""What the training panel draws of a run: its curves, its probes, and the log beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pan_explorer.state.training import Recent, TrainingState
from tests.pan_explorer.fake_training import CHOICES, RECIPE, TRAINING


def test_curves_probe_and_log_follow_the_run(panel) -> None:
    panel.show_state(TRAINING)
    validation, training = panel.curves.plot._curves[:2]
    assert validation.y == pytest.approx((60, 70))
    assert training.y == pytest.approx((55, 65))
    assert panel.tabs.probe.strip.chosen == 2
    assert "4 is yellow, right" in panel.tabs.probe._caption.text()
    panel.tabs.probe.strip.choose(0)
    assert "before training: 4 is red, wrong, it is yellow" in panel.tabs.probe._caption.text()
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


def test_a_ticked_run_is_drawn_behind(panel) -> None:
    panel.show_state(TRAINING)
    panel.tabs.runs.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    assert [curve.faint for curve in panel.curves.plot._curves] == [False, False, True]
    panel.show_choices(CHOICES)
    assert len(panel.curves.plot._curves) == 3


@pytest.mark.parametrize("metric", ["accuracy", "loss", "tpr", "pxap"])
def test_every_curve_can_be_drawn(panel, metric) -> None:
    panel.show_state(TRAINING)
    panel.curves.show_metric(metric)
    assert all(len(curve.y) == 2 for curve in panel.curves.plot._curves)


def test_the_covering_of_each_layer_is_drawn_the_last_one_strong(panel) -> None:
    panel.show_state(TRAINING)
    next(each for each in panel.curves._options.menu().actions() if each.text() == "PxAP on the object").trigger()
    drawn = panel.curves.plot._curves
    assert [(curve.y, curve.faint) for curve in drawn] == [((80, 80), False), ((60, 60), True), ((30, 30), True)]


def test_epochs_of_0_4_0_have_no_covering_to_draw(panel) -> None:
    old, new = TRAINING.epochs
    panel.show_state(replace(TRAINING, epochs=(replace(old, pxap_by_layer=()), new)))
    panel.curves.show_metric("pxap")
    assert [curve.x for curve in panel.curves.plot._curves] == [(2,)] * 3


def test_the_menu_of_the_curves_changes_how_they_are_looked_at(panel) -> None:
    panel.show_state(TRAINING)
    menu = panel.curves._options.menu()
    smoothing = next(action.menu() for action in menu.actions() if action.text() == "Smoothing of training")
    next(action for action in smoothing.actions() if action.text() == "0.9").trigger()
    next(action for action in menu.actions() if action.text() == "Logarithmic").trigger()
    next(action for action in menu.actions() if action.text() == "Loss").trigger()
    assert panel.curves.plot._axes.smoothing == 0.9
    assert panel.curves.plot._axes.log
    assert panel.curves.plot._curves[0].name == "validation loss"
