"""The composer over a set of one's own."""

from __future__ import annotations

from pathlib import Path

from pan_explorer.panels.composer.shelf import ObjectShelf
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme
from pan_explorer.widgets.tile import Tile
from tests.pan_explorer.own_set import write_own_network


def composing(
    session: Session, theme: Theme, folder: Path, qtbot, *, several: bool = False, waits: bool = True
) -> MainWindow:
    """A window on the composer's page, over a set of one's own that one network knows."""
    window = MainWindow()
    window.fill(session, theme)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    run = folder.parent / "run"
    session.begin(models=[(write_own_network(run, several=several), "san")], image=folder)
    qtbot.waitUntil(lambda: session.state.folder == folder, timeout=30_000)
    session.pages.show("compose")
    if waits:
        qtbot.waitUntil(lambda: not session.composer.kits.is_reading(), timeout=30_000)
    return window


def tiles(window: MainWindow) -> list[str]:
    return [tile.accessibleName() for tile in window.findChild(ObjectShelf).findChildren(Tile) if tile.isVisible()]


def placed(session: Session):
    return session.composer.state.composed.composition.placed
