"""Nothing that a person does by chance breaks the window."""

from __future__ import annotations

import ctypes
import gc
import logging
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

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

CASES = Path(__file__).parents[1] / "cases"
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
LOG = logging.getLogger(__name__)
GROWTH = 50 * 2**20  # bytes that 5,000 actions may add; a leaked figure or set of answers at each would add gigabytes


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
    return [*folder.iterdir(), *cases(tmp_path / "cases"), sample_sets / "mbg", checkpoints["mref/san"],
            folder / "gone.png"]  # fmt: skip


def cases(folder: Path) -> list[Path]:
    """Files and sets that once broke something, in a folder where the monkey may write over them."""
    shutil.copytree(CASES, folder)
    return [path for path in sorted(folder.rglob("*")) if path.is_file() or (path / "index.csv").is_file()]


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
def at_home(monkeypatch: pytest.MonkeyPatch, small_training: None) -> None:
    """No other program is opened, and this one does not end."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    monkeypatch.setattr(QApplication, "quit", lambda *_: None)


@dataclass
class Opened:
    """A window with a session of its own.

    Attributes:
        session: The session.
        window: The window.
        said: What it has said went wrong.
    """

    session: Session
    window: MainWindow
    said: list[str]


@pytest.fixture
def open_window(
    qapp: QApplication, shipped: None, theme: Theme, at_home: None, qtbot
) -> Iterator[Callable[[], Opened]]:
    """Opens a window, and another, and closes all at the end."""
    opened: list[Opened] = []

    def open_one() -> Opened:
        session, window, said = Session(), MainWindow(), []
        window.fill(session, theme)
        window.show()
        session.begin()
        for part in (session, session.library):
            part.failed.connect(said.append)
        session.training.state_changed.connect(
            lambda state: said.append(state.message) if state.phase == "failed" else None)
        opened.append(Opened(session, window, said))
        return opened[-1]

    yield open_one
    for each in opened:
        close(each, qtbot)
        each.window.deleteLater()  # not by qtbot, which deletes before this closes


def close(opened: Opened, qtbot) -> None:
    """As the program does when its last window is closed."""
    opened.session.training.cancel()
    qtbot.waitUntil(lambda: not opened.session.training.is_running(), timeout=60_000)
    for widget in QApplication.topLevelWidgets():
        if widget is opened.window or opened.window.isAncestorOf(widget):
            widget.close()
    opened.window.hide()
    QCoreApplication.processEvents()
    assert opened.session.close()


@pytest.fixture
def play(
    open_window: Callable[[], Opened], files: list[Path], tmp_path: Path, qtbot
) -> Callable[[int, int], list[int]]:
    """Lets a monkey act so many times from a seed at two windows; gives the memory held after each percent of many."""
    both = [open_window() for _ in range(2)]
    for each in both:
        qtbot.waitUntil(lambda each=each: bool(each.session.state.answers and each.session.state.answers.panes),
                        timeout=30_000)

    def act(actions: int, seed: int) -> list[int]:
        monkey, memory = Monkey([each.window for each in both], files, tmp_path, seed), []
        for number in range(actions):
            monkey.act()
            if number % max(200, actions // 100) == 0:
                memory.append(resident())
                LOG.info("%s actions: %s MB", number, memory[-1] >> 20)
        monkey.leave()
        said = [sentence for each in both for sentence in each.said]
        LOG.info("%s; %s refusals", dict(monkey.done), len(said))
        assert not [each for each in said if "should not have happened" in each]
        assert said or actions < 1_000, "no bad file was met"
        return memory

    return act


def resident() -> int:
    """Bytes of memory that this process uses, without what it has freed; 0 where it cannot be told."""
    gc.unfreeze()  # jobs set things aside, and give them back only where Python collects by itself
    gc.collect()
    if hasattr(LIBC, "malloc_trim"):
        LIBC.malloc_trim(0)  # glibc keeps up to 300 MB of freed memory
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 if status.exists() else 0


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [40])
def test_closing_the_window_at_any_moment_leaves_no_thread(
    rounds: int, open_window: Callable[[], Opened], files: list[Path], tmp_path: Path, qtbot
) -> None:
    moments = random.Random(rounds)
    stays = open_window()
    for number in range(rounds):
        goes = open_window()
        monkey = Monkey([goes.window, stays.window], files, tmp_path, seed=number)
        for _ in range(moments.randrange(80)):
            monkey.act()
        monkey.leave()
        close(goes, qtbot)
        assert not [each for each in (*goes.said, *stays.said) if "should not have happened" in each]
    stays.session.ask("7")


def test_two_hundred_random_actions_break_nothing(play) -> None:
    play(200, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_five_thousand_random_actions_break_nothing(play, seed: int) -> None:
    play(5_000, seed)


@pytest.mark.slow
def test_memory_does_not_grow_over_twenty_thousand_actions(play) -> None:
    memory = play(20_000, seed=5)
    half, most = len(memory) // 2, len(memory) * 3 // 4
    assert median(memory[most:]) - median(memory[half:most]) < GROWTH
