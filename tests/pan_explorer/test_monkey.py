"""Nothing that a person does by chance breaks the window."""

from __future__ import annotations

import gc
import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

import pan.training.loop
from pan.recipes.recipe import Recipe
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme
from tests.pan_explorer.monkey import Monkey

LOG = logging.getLogger(__name__)
WARM_UP = 0.25
GROWTH = 200 * 2**20  # bytes that 15,000 actions may add; a leaked figure or set of answers at each would add gigabytes


@pytest.fixture
def files(tmp_path: Path, sample_sets: Path, checkpoints: dict[str, Path], noise: np.ndarray) -> list[Path]:
    """What a person may come with, good and bad."""
    folder = tmp_path / "files"
    folder.mkdir()
    Image.fromarray(noise).save(folder / "photograph.jpg")
    Image.fromarray(noise[..., 0]).save(folder / "grey.png")
    Image.fromarray(noise[:1, :1]).save(folder / "dot.png")
    whole = (folder / "photograph.jpg").read_bytes()
    (folder / "cut short.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.png").write_bytes(b"")
    (folder / "not a network.safetensors").write_bytes(b"nonsense")
    (folder / "no set").mkdir()
    shutil.copytree(sample_sets / "mref", folder / "broken set")
    with (folder / "broken set" / "index.csv").open("a", encoding="utf-8") as index:
        index.write("images/none.png,7\n")
    return [*folder.iterdir(), sample_sets / "mbg", checkpoints["mref/san"], folder / "gone.png"]


@pytest.fixture
def small_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever recipe is started trains a little network for a moment."""
    train = pan.training.loop.train

    def train_small(recipe: Recipe, *arguments: object, **named: object) -> Iterator[object]:
        small = recipe.with_fields(scenes=12, validation_scenes=3, images_per_batch=2, questions_per_image=2,
                        questions=400, epoch_questions=100, channels=4, hidden=4, workers=0, start="")
        yield from train(small, *arguments, **named)

    monkeypatch.setattr("pan.training.loop.train", train_small)


@pytest.fixture
def play(
    session: Session, theme: Theme, qtbot, files: list[Path], tmp_path: Path, small_training: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[int, int], list[int]]]:
    """Lets a monkey act so many times from a seed, and returns the memory held after each percent of many."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    monkeypatch.setattr(QApplication, "quit", lambda *_: None)
    window = MainWindow()
    window.fill(session, theme)
    qtbot.addWidget(window)
    window.show()
    session.begin()
    qtbot.waitUntil(lambda: bool(session.state.answers and session.state.answers.panes), timeout=30_000)
    sentences: list[str] = []
    for part in (session, session.library):
        part.failed.connect(sentences.append)
    session.training.state_changed.connect(
        lambda state: sentences.append(state.message) if state.phase == "failed" else None)

    def act(actions: int, seed: int) -> list[int]:
        monkey, memory = Monkey(window, files, tmp_path, seed), []
        for number in range(actions):
            monkey.act()
            if number % max(200, actions // 100) == 0:
                memory.append(resident())
        monkey.leave()
        LOG.info("%s; %s refusals", dict(monkey.done), len(sentences))
        assert not [each for each in sentences if "should not have happened" in each]
        assert sentences, "no bad file was met"
        return memory

    yield act
    session.training.cancel()
    qtbot.waitUntil(lambda: not session.training.is_running(), timeout=60_000)
    for widget in QApplication.topLevelWidgets():
        widget.close()
    QCoreApplication.processEvents()


def resident() -> int:
    """Bytes of memory that this process holds once its garbage is gone; 0 where it cannot be told."""
    gc.unfreeze()  # jobs set things aside, and give them back only where Python collects by itself
    gc.collect()
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 if status.exists() else 0


def test_two_hundred_random_actions_break_nothing(play) -> None:
    play(200, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_five_thousand_random_actions_break_nothing(play, seed: int) -> None:
    play(5_000, seed)


@pytest.mark.slow
def test_memory_does_not_grow_over_twenty_thousand_actions(play) -> None:
    memory = play(20_000, seed=5)
    LOG.info("MB at each percent of the actions: %s", [each >> 20 for each in memory])
    settled = memory[int(len(memory) * WARM_UP):]
    assert settled[-1] - settled[0] < GROWTH
