"""The measurement of fluidity measures; how long the gaps may be is the benchmark's affair."""

import itertools
import json

import pytest

from pan.recipes.by_name import find_recipe
from pan_explorer.speed import responsiveness
from tests.pan_explorer.fake_training import train_steadily

LONG = find_recipe("mref/san", "quick").with_fields(scenes=30, validation_scenes=5, epoch_questions=1_120, channels=4)


def test_gaps_are_counted_in_milliseconds_while_a_network_trains(shipped, monkeypatch) -> None:
    monkeypatch.setattr("pan.training.loop.train", train_steadily)
    monkeypatch.setattr(responsiveness, "perf_counter", itertools.count(0, 0.04).__next__)  # 40 ms between two looks
    fluidity = responsiveness.measure_longest_gap(LONG, seconds=0.5, device="cpu")
    assert fluidity.gaps > 0
    assert (fluidity.longest_gap, fluidity.p99_gap, fluidity.questions_per_second) == pytest.approx((40, 40, 100))


def test_a_run_that_cannot_begin_says_why(shipped) -> None:
    with pytest.raises(RuntimeError, match="no device"):
        responsiveness.measure_longest_gap(LONG, seconds=0.5, device="abacus")


def test_the_command_prints_json(monkeypatch, capsys) -> None:
    monkeypatch.setattr(responsiveness, "measure_longest_gap",
                        lambda *_: responsiveness.Fluidity(40.0, 12.0, 1_000, 500.0))
    assert responsiveness.main([]) == 0
    assert json.loads(capsys.readouterr().out)["longest_gap"] == 40.0
