"""The whole window about a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme


@pytest.fixture
def window(session: Session, theme: Theme, qtbot) -> Iterator[MainWindow]:
    """A window whose networks have answered about the first sample."""
    window = MainWindow()
    window.fill(session, theme)
    qtbot.addWidget(window)
    window.show()
    session.begin()
    qtbot.waitUntil(lambda: bool(session.state.shipped and session.state.answers and session.state.answers.panes),
                    timeout=30_000)
    return window
