"""What the window adds to `pan benchmark`; no speed is asserted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pan.benchmark.extensions import GROUP, Effort
from pan.system.errors import InputError
from pan_explorer.speed import benchmark
from pan_explorer.speed.start_up import StartUp, measure_start_up
from pan_explorer.speed.window import measure_window, window_speeds

START = StartUp(shown=0.3, filled=0.9, qt=0.2, ratio=1.5, filled_ratio=4.5)


def test_a_module_that_fails_is_one_sentence():
    with pytest.raises(InputError, match="could not be measured"):
        measure_window("no_such_module")


def test_a_window_that_cannot_be_shown_is_one_sentence(monkeypatch):
    monkeypatch.setattr("pan_explorer.speed.start_up.SHOWN", ("-m", "no_such_module"))
    with pytest.raises(InputError, match="no_such_module could not be measured"):
        measure_start_up(1)


def test_each_speed_of_the_window_is_held_against_what_it_must_be():
    speeds = window_speeds({"median": 49.0, "networks": 5}, {"answers_per_second": 20.0, "networks": 3},
                           {"longest_gap": 151.0}, {"cost": 0.1}, START)
    assert [each.holds for each in speeds] == [True, True, False, True, False]
    assert [each.measured for each in speeds] == ["49 ms", "20 / s", "151 ms", "10.0 %", "1.50 ×"]


def test_the_benchmark_finds_the_window_by_its_entry_point():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"][GROUP] == {"window": f"{benchmark.__name__}:{benchmark.measure.__name__}"}


def test_each_program_that_measures_the_window_is_run_and_its_numbers_are_kept(monkeypatch):
    numbers = {
        "redraw_time": {"median": 49.0, "p95": 60.0, "networks": 5},
        "dragging": {"median": 20.0, "p95": 30.0, "networks": 3, "answers_per_second": 20.0},
        "responsiveness": {"longest_gap": 151.0},
        "drawing_cost": {"cost": 0.1},
    }
    asked = {}

    def measure_window(module, *arguments):
        name = module.rpartition(".")[2]
        asked[name] = arguments
        return numbers[name]

    monkeypatch.setattr(benchmark, "measure_window", measure_window)
    monkeypatch.setattr(benchmark, "measure_start_up", lambda _: START)
    measured = benchmark.measure(Effort(seconds=3, turns=2), lambda _: None)
    assert asked == {
        "redraw_time": ("--queries", "30"), "dragging": ("--seconds", "3"), "responsiveness": ("--seconds", "3"),
        "drawing_cost": ("--steps", "30", "--turns", "2"),
    }  # fmt: skip
    assert set(measured.numbers) == {
        "start_up", "window_redrawn", "window_dragged", "window_while_training", "window_drawing_a_run",
    }  # fmt: skip
    assert [(each.median, each.p95) for each in measured.latencies] == [(49.0, 60.0), (20.0, 30.0)]
