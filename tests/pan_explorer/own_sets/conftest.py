"""The window, with a small set of the user's own to open in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme
from tests.pan_explorer.own_set import write_own_network, write_own_set
from tests.pan_explorer.waiting import answered


@pytest.fixture
def window(session: Session, theme: Theme, qtbot) -> Iterator[MainWindow]:
    """The window, empty: a test begins the session as it likes."""
    window = MainWindow()
    window.fill(session, theme)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    return window


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return write_own_set(tmp_path / "shapes")


@pytest.fixture
def own_network(tmp_path: Path) -> str:
    return write_own_network(tmp_path / "run")


def opened(session: Session, folder: Path, qtbot) -> Session:
    """The session, on a set that was opened in the running window."""
    session.begin()
    qtbot.waitUntil(lambda: bool(session.state.answers and session.state.answers.panes), timeout=60_000)
    session.files.open(folder)
    qtbot.waitUntil(lambda: session.state.folder == folder and answered(session), timeout=30_000)
    return session
