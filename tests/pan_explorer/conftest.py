"""An offscreen Qt, a home of its own, and nothing that outlives a test."""

from __future__ import annotations

import gc
import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("PAN_TEST_PLATFORM", "offscreen")  # before Qt is imported

import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from pan.data.digits.backgrounds import black
from pan.data.digits.mnist import load_digits
from pan.data.digits.scenes import SceneRenderer
from pan.data.digits.writing import write_reference_set
from pan.data.sources import Sources
from pan.training.runs.folder import create_run, runs_folder
from pan_explorer.session.session import Session
from pan_explorer.session.training import TrainingSession
from pan_explorer.theme import Theme

NETWORKS = ("pan-ctx", "san", "han")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, runs and recent files of each test are its own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("PAN_DATA", raising=False)
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(home))
    return home


@pytest.fixture(autouse=True)
def no_modal_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that waits for a person would wait for ever."""

    def refuse(self: QDialog) -> int:
        raise AssertionError(f"{type(self).__name__} is shown modally")

    monkeypatch.setattr(QDialog, "exec", refuse)


@pytest.fixture(scope="session", autouse=True)
def unfrozen_at_the_end() -> Iterator[None]:
    """Python ends with all it has to clear away."""
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def collected_between_tests() -> Iterator[None]:
    """Windows that tests leave behind go between tests: while Qt holds a lock, destroying them waits for ever."""
    gc.disable()
    yield
    gc.collect()
    gc.freeze()  # what is left are imports, which the next collection need not go through again
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_outlives_a_test(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Threads and timers started in a test are stopped, and windows closed, when it is over."""
    started: list[weakref.ref[QThread | QTimer]] = []

    def record(kind: type[QThread | QTimer]) -> None:
        start = kind.start

        def start_and_record(self: QThread | QTimer, *arguments: object) -> None:
            started.append(weakref.ref(self))
            start(self, *arguments)

        monkeypatch.setattr(kind, "start", start_and_record)

    record(QThread)
    record(QTimer)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    alive = [thing for reference in started if (thing := reference()) is not None and _is_running(thing)]
    windows = [window for window in qapp.topLevelWidgets() if window.isVisible()]
    assert not alive, f"still running: {alive}"
    assert not windows, f"still open: {windows}"


def _is_running(thing: QThread | QTimer) -> bool:
    try:
        return thing.isRunning() if isinstance(thing, QThread) else thing.isActive()
    except RuntimeError:  # its C++ half is deleted
        return False


@pytest.fixture(scope="session")
def sample_sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small reference set for each kind."""
    folder = tmp_path_factory.mktemp("samples")
    renderer = SceneRenderer(load_digits("test", folder), black)
    for number, kind in enumerate(("mref", "mdist", "mbg")):
        list(write_reference_set(folder / kind, renderer.scenes((number,), 4)))
    return folder


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Untrained little networks under the names of the shipped ones."""
    from pan.checkpoints.file import save_checkpoint
    from pan.models.build import build_model
    from pan.recipes.by_name import find_recipe
    from pan.recipes.task import MNIST_REFERENCE

    folder = tmp_path_factory.mktemp("checkpoints")
    paths = {}
    for name in [f"{kind}/{network}" for kind in ("mref", "mdist", "mbg") for network in NETWORKS]:
        recipe = find_recipe(name).with_fields(channels=4, hidden=4, start="")
        paths[name] = folder / f"{name}.safetensors"
        model = build_model(recipe, MNIST_REFERENCE).eval()
        save_checkpoint(paths[name], model, recipe, MNIST_REFERENCE, {})
    return paths


@pytest.fixture
def shipped(sample_sets: Path, checkpoints: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ships these samples and networks."""
    monkeypatch.setattr("pan_explorer.session.files.samples_folder", lambda kind: sample_sets / kind)
    monkeypatch.setattr("pan.checkpoints.file.shipped_checkpoints", lambda: checkpoints)


def _themed(qapp: QApplication) -> Iterator[Theme]:
    palette, sheet, font = qapp.palette(), qapp.styleSheet(), qapp.font()
    theme = Theme(qapp)
    yield theme
    theme.deleteLater()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A theme that the tests of a file share."""
    yield from _themed(qapp)


@pytest.fixture
def own_theme(qapp: QApplication) -> Iterator[Theme]:
    """A theme for one test, made after what the test changed."""
    yield from _themed(qapp)


def _ended() -> Iterator[Session]:
    session = Session()
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def session(qapp: QApplication, shipped: None) -> Iterator[Session]:
    """A session that has not begun."""
    yield from _ended()


@pytest.fixture
def other(qapp: QApplication, shipped: None) -> Iterator[Session]:
    """The session of another day, or of somebody else."""
    yield from _ended()


@pytest.fixture
def begun(session: Session, qtbot) -> Session:
    """A session whose networks have answered about the first sample."""
    session.begin()
    qtbot.waitUntil(lambda: bool(session.state.shipped and session.state.answers and session.state.answers.panes),
                    timeout=30_000)
    return session


@pytest.fixture
def training(qtbot) -> Iterator[TrainingSession]:
    """A training session of its own for each test."""
    training = TrainingSession()
    yield training
    assert training.close(30_000)
    training.deleteLater()


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch):
    """Whatever is trained, the test hands out its events."""
    from tests.pan_explorer.fake_training import FakeTraining

    fake = FakeTraining()
    monkeypatch.setattr("pan.training.loop.train", fake.train)
    monkeypatch.setattr("pan.training.loop.resume", fake.resume)
    return fake


@pytest.fixture
def run(checkpoints: dict[str, Path], own_home: Path) -> Path:
    """A run with weights, in the user's folder."""
    from tests.pan_explorer.fake_training import RECIPE

    folder = runs_folder() / "a-run"
    create_run(folder, RECIPE, Sources())
    shutil.copyfile(checkpoints["mref/han"], folder / "best.safetensors")
    return folder


@pytest.fixture
def noise() -> np.ndarray:
    """An image of its own for each test that asks."""
    return np.random.default_rng(0).integers(0, 255, (30, 40, 3), dtype=np.uint8)


@pytest.fixture
def photograph(tmp_path: Path, noise: np.ndarray) -> Path:
    """The same as a file."""
    path = tmp_path / "photograph.png"
    Image.fromarray(noise).save(path)
    return path
