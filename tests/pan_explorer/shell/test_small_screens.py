"""Small screens, large letters."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from pan_explorer.panels.browser.panel import Browser
from pan_explorer.panels.chrome.help_window import HelpWindow
from pan_explorer.panels.chrome.pages import Pages
from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.panels.networks.dialog import ModelsDialog
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.values.view import PAGES
from pan_explorer.widgets.answer_bars import AnswerBars
from pan_explorer.widgets.window_size import TITLE_BAR

SCREENS = {"1366 x 768 at 125 %": QSize(1092, 614), "1280 x 800 at 150 %": QSize(853, 533)}


def out_of_reach(window: MainWindow) -> list[str]:
    """Buttons that stick out of the window and are in nothing that scrolls."""
    return [each.accessibleName() or each.text() for each in window.findChildren(QPushButton)
            if each.isVisible() and not scrolls(each) and not within(window, each)]


def within(window: MainWindow, widget: QWidget) -> bool:
    return window.rect().contains(QRect(widget.mapTo(window, QPoint()), widget.size()))


def scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


@pytest.mark.parametrize("screen", SCREENS)
def test_the_window_fits_on_a_small_screen_and_all_of_it_can_be_reached(
    window: MainWindow, session: Session, qtbot, screen
) -> None:
    room = SCREENS[screen] - QSize(0, TITLE_BAR)
    window.resize(room)
    for folded in (True, False):
        window.findChild(TrainingPanel).set_folded(folded)
        for page in PAGES:
            session.pages.show(page)
            qtbot.waitUntil(lambda: window.size() == room)
            qtbot.waitUntil(lambda: out_of_reach(window) == [])


def test_dialogs_are_no_larger_than_a_small_screen(window: MainWindow, session: Session, monkeypatch) -> None:
    room = SCREENS["1280 x 800 at 150 %"]
    monkeypatch.setattr(QWidget, "screen", lambda _: SimpleNamespace(availableSize=lambda: room))
    for dialog in (HelpWindow(window, "window"), ModelsDialog(session, window)):
        dialog.show()
        assert dialog.width() <= room.width()
        assert dialog.height() <= room.height() - TITLE_BAR
        dialog.close()


def test_three_networks_stand_side_by_side_on_a_small_screen(window: MainWindow, qtbot) -> None:
    window.resize(SCREENS["1366 x 768 at 125 %"] - QSize(0, TITLE_BAR))
    panes = window.findChildren(ModelPane)
    qtbot.waitUntil(lambda: all(within(window, pane) for pane in panes))
    assert len(panes) == 3


def test_a_network_beside_the_three_of_the_start_is_wholly_seen(window: MainWindow, session: Session, qtbot) -> None:
    window.resize(1280, 800)
    session.comparison.add("mdist/san")
    compare = window.findChild(Compare)
    qtbot.waitUntil(lambda: len(compare._parts) == 4, timeout=30_000)
    qtbot.waitUntil(lambda: compare._place.viewport().width() > 880)
    assert compare._row.minimumSizeHint().width() <= compare._place.viewport().width()


def test_a_low_window_scrolls_the_questions_and_not_the_page(window: MainWindow, session: Session, qtbot) -> None:
    window.resize(1280, 440)
    session.browser.show(session.state.asked)
    browser = window.findChild(Browser)
    qtbot.waitUntil(browser.isVisible)
    qtbot.waitUntil(lambda: window.findChild(Pages).height() < 360)
    assert browser.minimumSizeHint().height() < 360


@pytest.fixture
def large_letters(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> int:
    """The user reads letters of 20 pixels."""
    font = QFont(qapp.font())
    font.setPixelSize(20)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda kind: QFont(font))
    return 20


def test_letters_are_as_large_as_the_user_has_chosen(large_letters: int, session: Session, own_theme, qtbot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.fill(session, own_theme)
    window.show()
    session.begin()
    qtbot.waitUntil(lambda: bool(session.state.answers and session.state.answers.panes), timeout=30_000)
    labels = [each for each in window.findChildren(QLabel) if each.isVisible() and each.text()]
    assert min(each.fontInfo().pixelSize() for each in labels) > 15
    bars = window.findChild(AnswerBars)
    assert bars.sizeHint().height() >= bars.rows * bars.fontMetrics().height()
    cut = [each.text() for each in window.findChildren(QPushButton)
           if each.isVisible() and each.height() < each.fontMetrics().height()]
    assert cut == []
