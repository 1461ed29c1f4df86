"""The whole window, from an image to a figure."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton, QScrollArea, QSlider

from pan_explorer import settings
from pan_explorer.panels.chrome.page_switch import PageSwitch
from pan_explorer.panels.explore.display import DisplayPanel
from pan_explorer.panels.explore.grid import LayerGrid
from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.panels.explore.welcome import Welcome
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.panels.training.runs import TrainingRuns
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.speed.redraw_time import measure_redraw_time
from pan_explorer.theme import Theme
from pan_explorer.values.figure_order import FigureOrder
from pan_explorer.values.view import INPUT
from pan_explorer.widgets.scene_canvas import SceneCanvas
from tests.pan_explorer.reading import label_words


def picture(window: MainWindow, number: int = 0) -> np.ndarray:
    """The pixels of a pane's image view."""
    image = window.findChildren(ModelPane)[number].view.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).copy()


def test_an_image_is_opened_asked_about_stepped_through_and_exported(
    window: MainWindow, session: Session, qtbot, tmp_path: Path, noise: np.ndarray
) -> None:
    Image.fromarray(noise).save(tmp_path / "own.jpg")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "own.jpg"))])
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(1, 1), copy, mime, button, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: session.state.answers.picture.name == "own.jpg" and bool(session.state.answers.panes))
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_7)
    qtbot.waitUntil(lambda: session.state.answers.query == "7" and bool(session.state.answers.panes))
    qtbot.keyClick(window, Qt.Key.Key_Home)
    assert session.state.layer == INPUT
    whole = picture(window)
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_Right)
    assert session.state.layer == "att3"
    assert (picture(window) != whole).any()
    with qtbot.waitSignal(session.succeeded, timeout=20_000):
        session.exports.figure(tmp_path / "figure.png", FigureOrder(dpi=60))
    assert "figure.png" in window.contents.message_strip.text
    with Image.open(tmp_path / "figure.png") as figure:
        assert figure.format == "PNG"


def test_three_networks_and_the_open_training_panel_fit_on_a_small_screen(window: MainWindow, qtbot) -> None:
    window.findChild(TrainingPanel).set_folded(False)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: not window.findChild(Welcome).isVisible())
    # A picture's limit to its height follows its width one round of the event loop later, and its layout yet one later.
    qtbot.waitUntil(lambda: all(pane.view.height() > 250 for pane in window.findChildren(ModelPane)))
    assert (window.width(), window.height()) == (1280, 800)
    for part in (Compare, DisplayPanel):
        area = window.findChild(part).findChild(QScrollArea)
        assert area.horizontalScrollBar().maximum() == area.verticalScrollBar().maximum() == 0


def test_a_failure_is_told_in_the_window_and_can_be_dismissed(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    with qtbot.waitSignal(session.failed):
        session.files.open(tmp_path / "missing.png")
    assert "missing.png" in window.contents.message_strip.text
    window.contents.message_strip.dismiss()
    assert window.contents.message_strip.text == ""


def test_the_grid_shows_every_layer_of_every_network(window: MainWindow, session: Session, qtbot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_G)
    views = window.findChild(LayerGrid).views()
    assert len(views) == 15
    qtbot.mouseClick(views[2], Qt.MouseButton.LeftButton)
    assert (session.state.view, session.state.layer) == ("panes", "att2")


def test_space_plays_unless_a_button_has_the_focus(window: MainWindow, session: Session, qtbot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert session.state.playing
    session.layers.toggle_play()
    button = next(each for each in window.findChildren(QPushButton) if each.text() == "Heat")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert session.state.display.show == "heat"
    assert not session.state.playing


def test_a_slider_and_a_list_with_the_focus_keep_the_keys_they_work_by(
    window: MainWindow, session: Session, qtbot
) -> None:
    layer, query = session.state.layer, session.state.query
    opacity = next(each for each in window.findChildren(QSlider) if each.accessibleName() == "opacity")
    opacity.setFocus()
    before = opacity.value()
    qtbot.keyClick(opacity, Qt.Key.Key_Left)
    assert opacity.value() < before
    runs = window.findChild(TrainingRuns)
    runs.setFocus()
    qtbot.keyClick(runs, Qt.Key.Key_Down)
    assert (session.state.layer, session.state.query) == (layer, query)


def test_redrawing_loses_no_reference_to_none(window: MainWindow, session: Session, qtbot) -> None:
    def redraw() -> None:
        session.layers.step(-1 if session.state.layer != INPUT else 4)
        window.repaint()

    redraw()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(30):
        redraw()
    gc.collect()
    assert sys.getrefcount(None) > before - 30, "this release of PySide6 loses references to None"


def test_place_and_size_are_kept_for_the_next_start(window: MainWindow, qtbot) -> None:
    kept = QSize(window.width(), window.height() - 30)  # no screen is narrower than the window may be
    window.resize(kept)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert again.size() == kept


def test_the_sign_in_a_recent_files_name_is_no_shortcut(window: MainWindow, tmp_path: Path, noise) -> None:
    path = tmp_path / "R&D.png"
    Image.fromarray(noise).save(path)
    settings.keep_recent_file(path)
    (recent,) = (menu for menu in window.findChildren(QMenu) if menu.title() == "Recent")
    recent.aboutToShow.emit()
    assert label_words(recent.actions()[0].text()) == str(path)


def test_the_way_attention_is_shown_is_kept_for_the_next_start(window: MainWindow, session: Session) -> None:
    session.view.set_display(replace(session.state.display, show="heat", colour_map="viridis", scale="shared",
                              accumulated=False, heat_opacity=0.25, quantity="after"))
    shown = session.state.display
    window.close()
    other = Session()
    assert other.state.display == shown
    other.close()


def stop_button(window: MainWindow) -> QPushButton:
    """What ends training so that the window may close."""
    return next(each for each in window.contents.message_strip.findChildren(QPushButton)
                if each.text().startswith("Stop"))


def test_closing_while_a_network_trains_asks_first(window: MainWindow, session: Session, qtbot, monkeypatch) -> None:
    running = [True]
    monkeypatch.setattr(session.training, "is_running", lambda: running[0])
    monkeypatch.setattr(session.training, "stop", lambda: None)
    window.close()
    assert window.isVisible()
    assert "training" in window.contents.message_strip.text
    stop_button(window).click()
    assert window.isVisible()
    running[0] = False
    session.training.state_changed.emit(session.training.state)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_closing_does_not_wait_for_ever(window: MainWindow, session: Session, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(session.training, "is_running", lambda: True)
    monkeypatch.setattr(session.training, "stop", lambda: None)
    window.contents.closing._wait.setInterval(1)
    window.close()
    stop_button(window).click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_time_of_a_redraw_is_measured(shipped: None, theme: Theme) -> None:
    measured = measure_redraw_time(queries=3)
    assert (measured.queries, measured.networks) == (3, 5)
    assert 0 < measured.median <= measured.p95


def test_an_empty_window_is_seen_before_anything_stands_in_it(session: Session, theme: Theme, qtbot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_empty()
    assert window.isVisible()
    assert window.centralWidget() is None
    window.fill(session, theme)
    qtbot.waitUntil(lambda: window.findChild(Compare).isVisible())


def test_an_empty_window_that_is_closed_keeps_its_place(qtbot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_empty()
    kept = QSize(window.width(), window.height() - 30)
    window.resize(kept)
    window.close()
    assert not window.isVisible()
    again = MainWindow()
    qtbot.addWidget(again)
    assert again.size() == kept


def test_a_page_that_is_left_gives_the_focus_to_no_button(window: MainWindow, session: Session, qtbot) -> None:
    window.activateWindow()
    session.pages.show("compose")
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), SceneCanvas))
    session.pages.show("explore")
    assert not isinstance(window.focusWidget(), QPushButton), "Space is to play the layers"


def test_the_switch_leads_to_another_page_and_back(window: MainWindow, session: Session, qtbot) -> None:
    compare = window.findChild(Compare)
    page = window.findChild(PageSwitch).findChild(QPushButton)
    assert compare.isVisible()
    session.pages.show("paper")
    assert not compare.isVisible()
    qtbot.mouseClick(page, Qt.MouseButton.LeftButton)
    assert session.state.page == "explore"
    assert compare.isVisible()
