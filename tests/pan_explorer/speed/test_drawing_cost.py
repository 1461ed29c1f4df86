"""The measurement of drawing's cost measures; how high it may be is the benchmark's affair."""

import json

import pytest

from pan.recipes.by_name import find_recipe
from pan_explorer.speed import drawing_cost
from tests.pan_explorer.fake_training import train_steadily

LONG = find_recipe("mref/san", "quick").with_fields(scenes=30, validation_scenes=5, epoch_questions=1_120, channels=4)


def test_the_same_steps_are_trained_with_the_window_and_without(shipped, monkeypatch) -> None:
    monkeypatch.setattr("pan.training.loop.train", train_steadily)
    cost = drawing_cost.measure_drawing_cost(LONG, steps=20, turns=1, device="cpu")
    assert (cost.drawn, cost.undrawn) == pytest.approx((100, 100))
    assert cost.cost == pytest.approx(0, abs=1e-6)


def test_a_run_that_cannot_begin_says_why(shipped) -> None:
    with pytest.raises(RuntimeError, match="no device"):
        drawing_cost.measure_drawing_cost(LONG, steps=20, turns=1, device="abacus")


def test_the_command_prints_json(monkeypatch, capsys) -> None:
    monkeypatch.setattr(drawing_cost, "measure_drawing_cost",
                        lambda *_: drawing_cost.DrawingCost(500.0, 510.0, 0.02, 200, 3))
    assert drawing_cost.main([]) == 0
    assert json.loads(capsys.readouterr().out)["cost"] == 0.02
