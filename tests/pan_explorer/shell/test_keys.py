"""Which part of the window a key acts on."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from pan_explorer import settings
from pan_explorer.panels.explore.display import DisplayPanel
from pan_explorer.panels.networks.picker import ModelPicker
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.probe_strip import Frame

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def operated(window: MainWindow, session: Session) -> Session:
    """A session with one change of attention that can be undone."""
    session.surgery.strengthen("mref/pan-ctx", "att4", 2.0)
    return session


def edits(session: Session) -> int:
    return len(session.surgery.state.edits)


def test_undo_acts_on_the_page_that_is_shown_alone(window: MainWindow, operated: Session, qtbot) -> None:
    for page in ("paper", "compose"):
        operated.pages.show(page)
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
        assert edits(operated) == 1, f"on the page {page} nobody sees what that took back"
    operated.pages.show("explore")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert edits(operated) == 0


@pytest.mark.parametrize(("key", "held"), [
    (Qt.Key.Key_Y, CONTROL), (Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier),
])  # fmt: skip
def test_both_common_shortcuts_redo_an_undone_edit(
    window: MainWindow, operated: Session, qtbot, key, held
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(window, key, held)
    assert edits(operated) == 1


def test_letters_of_one_page_do_nothing_on_another(window: MainWindow, session: Session, qtbot) -> None:
    session.pages.show("paper")
    before = session.state
    for key in (Qt.Key.Key_G, Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_S, Qt.Key.Key_H, Qt.Key.Key_7, Qt.Key.Key_Left,
                Qt.Key.Key_Down, Qt.Key.Key_Space):  # fmt: skip
        qtbot.keyClick(window, key)
    assert session.state is before
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert session.state.page == "explore"


def test_commands_of_another_page_are_off_from_the_start(window: MainWindow) -> None:
    enabled = {action.text(): action.isEnabled() for action in window.actions()}
    assert enabled["Larger brush"]
    assert not enabled["Duplicate the object"]


def test_brackets_make_the_brush_larger_and_smaller(window: MainWindow, session: Session, qtbot) -> None:
    sizes = [session.surgery.state.size]
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        qtbot.keyClick(window, key)
        sizes.append(session.surgery.state.size)
    assert sizes == [1, 2, 3, 2]


def test_keys_in_the_training_panel_are_not_for_the_page_above(window: MainWindow, session: Session, qtbot) -> None:
    panel = window.findChild(TrainingPanel)
    panel.set_folded(False)
    panel.tabs.show_tab("probe")
    strip = panel.tabs.probe.strip
    strip.set_frames([Frame(str(epoch), np.zeros((8, 8, 3), np.uint8)) for epoch in range(4)])
    panel.tabs.probe._stack.setCurrentIndex(1)
    window.activateWindow()
    strip.setFocus()
    before = session.state
    for key, chosen in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_G, 1), (Qt.Key.Key_End, 3),
                        (Qt.Key.Key_Left, 2)):  # fmt: skip
        qtbot.keyClick(strip, key)
        assert strip.chosen == chosen
    assert session.state is before


def test_space_hides_and_shows_a_network_as_often_as_it_is_pressed(
    window: MainWindow, session: Session, qtbot
) -> None:
    window.activateWindow()
    window.findChild(ModelPicker).chips[1].setFocus()
    for shown in (False, True, False):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
        assert session.state.models[1].shown is shown
    assert not session.state.playing


def test_space_opens_the_list_that_has_the_focus(window: MainWindow, session: Session, qtbot) -> None:
    window.activateWindow()
    shown = next(each for each in window.findChildren(Chooser) if each.accessibleName() == "what is shown")
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    assert shown.view().isVisible()
    assert not session.state.playing
    shown.hidePopup()


def test_a_slider_that_is_dragged_is_written_to_disk_once(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    written, keep = [], settings.keep_display
    monkeypatch.setattr(settings, "keep_display", lambda display: (written.append(display), keep(display)))
    slider = window.findChild(DisplayPanel)._opacity
    for step in range(40):
        slider.setValue(step)
    assert written == []
    window.close()
    assert written == [session.state.display]
    assert settings.display() == session.state.display


def test_the_selected_words_of_a_message_are_copied_and_not_the_figure(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    figures: list[object] = []
    monkeypatch.setattr(session.exports, "copy", figures.append)
    session.failed.emit("no such file")
    (message,) = (each for each in window.contents.message_strip.findChildren(QLabel) if each.text() == "No such file")
    window.activateWindow()
    qtbot.mouseClick(message, Qt.MouseButton.LeftButton, pos=QPoint(2, 5))
    qtbot.keyClick(message, Qt.Key.Key_C, CONTROL)
    assert len(figures) == 1, "nothing is selected"
    message.setSelection(3, 4)
    qtbot.keyClick(message, Qt.Key.Key_C, CONTROL)
    assert (QGuiApplication.clipboard().text(), len(figures)) == ("such", 1)


def test_the_log_is_copied_and_not_the_figure(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    figures: list[object] = []
    monkeypatch.setattr(session.exports, "copy", figures.append)
    panel = window.findChild(TrainingPanel)
    panel.set_folded(False)
    panel.tabs.show_tab("log")
    panel.tabs.log.setPlainText("epoch 1\nepoch 2")
    window.activateWindow()
    panel.tabs.log.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        qtbot.keyClick(panel.tabs.log, key, CONTROL)
    assert QGuiApplication.clipboard().text() == "epoch 1\nepoch 2"
    assert figures == []
