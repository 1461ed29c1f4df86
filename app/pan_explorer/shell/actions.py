"""The commands as actions: the menu, and the shortcuts of the shown page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from pan_explorer import settings
from pan_explorer.session.session import Session
from pan_explorer.shell.commands import ANSWERS, COMMANDS, Command, Run
from pan_explorer.theme import MODES, Theme
from pan_explorer.values.view import Page
from pan_explorer.widgets.foreign_words import as_label


class PageActions(QObject):
    """Enables the actions of the shown page and disables the others."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._actions: list[tuple[QAction, tuple[Page, ...]]] = []
        session.page_changed.connect(self._enable)

    def add(self, action: QAction, pages: tuple[Page, ...]) -> None:
        """Add an action that belongs to these pages."""
        self._window.addAction(action)
        self._actions.append((action, pages))
        action.setEnabled(self._session.state.page in pages)

    @Slot(object)
    def _enable(self, page: Page) -> None:
        for action, pages in self._actions:
            action.setEnabled(page in pages)


def add_commands(window: QWidget, session: Session, theme: Theme) -> QMenu:
    """Add all commands with their shortcuts to the window, and return their menu."""
    whole, page_actions = QMenu(window), PageActions(window, session)
    menus: dict[str, QMenu] = {}
    for command in COMMANDS:
        if command.menu not in menus:
            menus[command.menu] = whole.addMenu(command.menu)
        action = _action(command, window, session)
        menus[command.menu].addAction(action)
        page_actions.add(action, command.pages)
    _add_recent_files(menus["File"], session)
    _add_schemes(whole, theme)
    _add_notices(menus["Networks"])
    for query in session.state.queries:
        page_actions.add(_action(Command("", f"Ask about the {query}", query, _ask(query)), window, session), ANSWERS)
    return whole


def _ask(query: str) -> Run:
    return lambda _, session: session.ask(query) if query in session.state.queries else None


def _action(command: Command, window: QWidget, session: Session) -> QAction:
    action = QAction(QIcon.fromTheme(command.icon) if command.icon else QIcon(), command.text, window)
    action.setShortcuts(command.shortcuts)
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda: command.run(window, session))
    return action


def _add_recent_files(menu: QMenu, session: Session) -> None:
    recent = QMenu("Recent", menu)
    menu.insertMenu(menu.actions()[3], recent)

    def fill() -> None:
        recent.clear()
        for path in settings.recent_files():
            recent.addAction(as_label(str(path))).setData(str(path))
        if recent.isEmpty():
            recent.addAction("Nothing yet").setEnabled(False)

    recent.aboutToShow.connect(fill)
    recent.triggered.connect(lambda action: session.files.open(Path(action.data())))


def _add_notices(menu: QMenu) -> None:
    action = QAction("Notify the desktop when training ends", menu, checkable=True, checked=settings.notifies())
    action.toggled.connect(settings.keep_notifies)
    menu.addAction(action)


def _add_schemes(menu: QMenu, theme: Theme) -> None:
    schemes = QMenu("Colours of the window", menu)
    menu.insertMenu(menu.actions()[-1], schemes)
    group = QActionGroup(schemes)
    for mode in MODES:
        action = QAction(mode.capitalize(), group, checkable=True, checked=mode == theme.mode)
        action.setData(mode)
        schemes.addAction(action)

    def choose(action: QAction) -> None:
        theme.choose(action.data())
        settings.keep_theme(action.data())

    schemes.triggered.connect(choose)
