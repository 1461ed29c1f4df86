"""A run of its own for each test of the training session, and what is waited for in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pan.data.sources import Sources
from pan_explorer.session.training import TrainingSession
from pan_explorer.state.training import TrainingState
from tests.pan_explorer.fake_training import RECIPE, FakeTraining


@pytest.fixture
def wait(qtbot: QtBot, training: TrainingSession) -> Callable[[Callable[[TrainingState], object]], None]:
    """Wait until the state is as the test wants it."""

    def wait(condition: Callable[[TrainingState], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition(training.state)), timeout=30_000)

    return wait


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "one"


@pytest.fixture
def begun(training: TrainingSession, fake: FakeTraining, run: Path, wait) -> FakeTraining:
    """A run in training."""
    training.start(RECIPE, Sources(), "cpu", run)
    wait(lambda state: state.run)
    fake.give(fake.started())
    wait(lambda state: state.phase == "training")
    return fake


@pytest.fixture
def models(training: TrainingSession) -> list[Path]:
    """The runs told to have a network to look at."""
    models: list[Path] = []
    training.finished_run.connect(models.append)
    return models
