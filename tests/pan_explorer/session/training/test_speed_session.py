"""Speeds found out behind the window: each once, the latest wish first, and nothing while a network trains."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from pan.benchmark.estimate import Speed, read_speeds
from pan.recipes.by_name import find_recipe
from pan.system.errors import InputError
from pan_explorer.background.training_speed import SpeedSession

SAN, HAN, PAN = (find_recipe(f"mref/{model}", "quick") for model in ("san", "han", "pan"))


class Trials:
    """Stands in for the first steps of a training run."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.slow = False

    def measure(self, recipe, device, data):
        self.tried.append(recipe.model)
        if recipe.model == "pan":
            raise InputError("there is nothing to train it on.")
        while self.slow:
            time.sleep(0.002)
            yield None
        yield None
        return Speed(0.1, 0.2, 0.3)


@pytest.fixture
def trials(monkeypatch) -> Trials:
    trials = Trials()
    monkeypatch.setattr("pan.benchmark.trial.measure_speed", trials.measure)
    return trials


@pytest.fixture
def speeds(qtbot, trials) -> Iterator[SpeedSession]:
    speeds = SpeedSession()
    yield speeds
    assert speeds.close(30_000)
    speeds.deleteLater()


@pytest.fixture
def settled(qtbot, speeds):
    return lambda: qtbot.waitUntil(lambda: not speeds.is_measuring(), timeout=30_000)


def test_a_speed_is_measured_once_and_remembered(speeds, trials, settled) -> None:
    assert speeds.speed(SAN, "a CPU") is None
    speeds.measure((SAN, HAN), "cpu", "a CPU")
    settled()
    assert trials.tried == ["san", "han"]
    assert speeds.speed(SAN, "a CPU") == Speed(0.1, 0.2, 0.3)
    assert speeds.speed(SAN, "a GPU") is None
    speeds.measure((SAN, HAN), "cpu", "a CPU")
    settled()
    assert trials.tried == ["san", "han"]
    assert len(read_speeds()) == 2
    again = SpeedSession()
    assert again.speed(HAN, "a CPU") == Speed(0.1, 0.2, 0.3)
    again.deleteLater()


def test_a_failed_speed_measurement_is_not_repeated(speeds, trials, settled) -> None:
    for _ in range(2):
        speeds.measure((PAN,), "cpu", "a CPU")
        settled()
    assert trials.tried == ["pan"]
    assert speeds.speed(PAN, "a CPU") is None


def test_a_running_speed_measurement_is_not_started_again(speeds, trials, settled, qtbot) -> None:
    trials.slow = True
    speeds.measure((SAN, HAN), "cpu", "a CPU")
    qtbot.waitUntil(lambda: trials.tried == ["san"])
    speeds.measure((SAN, HAN), "cpu", "a CPU")  # wanted again while it is being found out
    trials.slow = False
    settled()
    assert trials.tried == ["san", "han"]


def test_a_stopped_speed_measurement_can_be_started_again(speeds, trials, settled, qtbot) -> None:
    trials.slow = True
    speeds.measure((SAN, HAN), "cpu", "a CPU")
    qtbot.waitUntil(lambda: trials.tried == ["san"])
    speeds.stop()
    settled()
    assert trials.tried == ["san"]
    trials.slow = False
    speeds.measure((SAN,), "cpu", "a CPU")
    settled()
    assert speeds.speed(SAN, "a CPU") is not None


def test_a_disk_that_is_full_is_no_reason_to_fail(speeds, settled, monkeypatch) -> None:
    def full(_):
        raise InputError("speeds.json cannot be written.")
    monkeypatch.setattr("pan_explorer.background.training_speed.keep_speeds", full)
    speeds.measure((SAN,), "cpu", "a CPU")
    settled()
    assert speeds.speed(SAN, "a CPU") is not None  # it is known as long as the window lives
