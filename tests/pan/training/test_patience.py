"""Runs that end because they get no better."""

from __future__ import annotations

import pytest

import pan.training.trainer
from pan.training.events import Epoch, Finished, Step
from pan.training.loop import resume, train

pytestmark = pytest.mark.filterwarnings("ignore:.*tf32.*")


def _improving(accuracies, monkeypatch):
    """Validation that comes to these shares of right answers, one after the other."""
    real, left = pan.training.trainer.validate, iter(accuracies)

    def scripted(*arguments):
        validation = yield from real(*arguments)
        return validation._replace(accuracy=next(left))
    monkeypatch.setattr("pan.training.trainer.validate", scripted)


def test_patience_ends_a_run_that_gets_no_better(tiny, tmp_path, bundled, monkeypatch):
    _improving([0.3, 0.5, 0.4, 0.5, 0.9], monkeypatch)
    events = list(train(tiny("san", questions=112 * 6, patience=2), tmp_path / "run", bundled, "cpu"))
    assert [event.best for event in events if isinstance(event, Epoch)] == [True, True, False, True]
    assert isinstance(events[-1], Finished)
    assert not any(isinstance(event, Step) for event in resume(tmp_path / "run", "cpu"))


def test_patience_is_counted_over_a_break(tiny, tmp_path, bundled, monkeypatch):
    _improving([0.5, 0.4, 0.4, 0.9], monkeypatch)
    for event in train(tiny("san", questions=112 * 6, patience=2), tmp_path / "run", bundled, "cpu"):
        if isinstance(event, Epoch) and event.epoch == 2:
            break
    assert [event.epoch for event in resume(tmp_path / "run", "cpu") if isinstance(event, Epoch)] == [3]


def test_without_patience_the_budget_is_spent(tiny, tmp_path, bundled, monkeypatch):
    _improving([0.5, 0.4, 0.3], monkeypatch)
    assert sum(isinstance(event, Epoch) for event in train(tiny("san"), tmp_path / "run", bundled, "cpu")) == 3
