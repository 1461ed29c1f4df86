"""The first half hour of a user, on the real window with the networks that come with the program.

On a screen of its own: `PAN_TEST_PLATFORM=xcb xvfb-run pytest -m slow tests/pan_explorer/test_tour.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget

from pan.data.sources import Sources, renderer
from pan.recipes.task import MNIST_REFERENCE
from pan_explorer.panels.chrome.page_switch import PageSwitch
from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.query_bar import QueryBar
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme
from pan_explorer.widgets.cell_canvas import CellCanvas
from pan_explorer.widgets.scene_canvas import SceneCanvas

SECONDS = 1_000


class Tourist:
    """Does with the window what a person does, and tells what a person sees."""

    def __init__(self, window: MainWindow, session: Session, qtbot) -> None:
        self.window, self._session, self._bot = window, session, qtbot

    def until(self, seen, seconds: float = 30) -> None:
        self._bot.waitUntil(seen, timeout=round(seconds * SECONDS))

    def answered(self) -> None:
        state = self._session.state
        shown = {model.name for model in state.models if model.shown}

        def seen() -> bool:
            answers = self._session.state.answers
            return (answers is not None and answers.picture is self._session.state.picture
                    and answers.query == self._session.state.query and {pane.model for pane in answers.panes} == shown)

        self.until(seen)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window, key, modifier)

    def click(self, text: str, inside: QWidget | None = None) -> None:
        places = [inside] if inside else [*self.dialogs(), self.window]
        found = [each for place in places for each in place.findChildren(QPushButton)
                 if each.text() == text and each.isVisible()]
        assert found, f"there is no button “{text}”"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def dialogs(self) -> list[QDialog]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]

    def choose_file(self, path: Path) -> None:
        self.until(lambda: any(isinstance(each, QFileDialog) for each in self.dialogs()))
        dialog = next(each for each in self.dialogs() if isinstance(each, QFileDialog))
        dialog.fileSelected.emit(str(path))
        dialog.reject()

    def panes(self) -> list[ModelPane]:
        return [pane for pane in self.window.findChildren(ModelPane) if pane.isVisible()]

    def texts(self, widget: QWidget) -> str:
        return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())

    def picture(self, number: int) -> np.ndarray:
        image = self.panes()[number].view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return np.frombuffer(image.constBits(), np.uint8).copy()


@pytest.fixture
def tourist(qapp: QApplication, theme: Theme, qtbot) -> Iterator[Tourist]:
    session = Session()
    window = MainWindow()
    window.fill(session, theme)
    qtbot.addWidget(window)
    window.resize(QSize(1280, 800))
    with qtbot.waitActive(window):  # keys go nowhere else
        window.show()
        window.activateWindow()
    session.begin()
    tourist = Tourist(window, session, qtbot)
    tourist.until(lambda: bool(session.state.answers and session.state.answers.panes))
    yield tourist
    for dialog in tourist.dialogs():
        dialog.close()
    window.close()
    assert session.close()
    session.deleteLater()


@pytest.mark.slow
def test_the_first_half_hour(tourist: Tourist, tmp_path: Path) -> None:
    session = tourist._session

    # open an image
    scene = next(iter(renderer("mref", "test", Sources()).scenes((7,), 1)))
    Image.fromarray(scene.image).save(tmp_path / "mine.png")
    tourist.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    tourist.choose_file(tmp_path / "mine.png")
    tourist.until(lambda: session.state.picture.name == "mine.png")
    tourist.answered()
    assert len(tourist.panes()) == 3

    # ask: each network names the colour that the digit has
    asked = int(scene.scales.argmax())
    button = next(each for each in tourist.window.findChild(QueryBar).findChildren(QPushButton)
                  if each.text() == str(scene.digits[asked]))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    tourist.answered()
    colour = MNIST_REFERENCE.answers[scene.colours[asked]]
    assert [colour in tourist.texts(pane) for pane in tourist.panes()].count(True) >= 2

    # step: attention closes in, so the pictures differ from layer to layer
    tourist.press(Qt.Key.Key_Home)
    seen = [tourist.picture(0)]
    for _ in session.state.layers[1:]:
        tourist.press(Qt.Key.Key_Right)
        seen.append(tourist.picture(0))
    assert not any(np.array_equal(before, after) for before, after in pairwise(seen))

    # compare: another network beside them, and all layers of all of them
    session.comparison.add("mdist/san")
    tourist.until(lambda: len(tourist.panes()) == 4)
    tourist.answered()
    tourist.press(Qt.Key.Key_G)
    assert not tourist.panes()
    tourist.press(Qt.Key.Key_G)
    session.comparison.remove("mdist/san")
    tourist.until(lambda: len(tourist.panes()) == 3)
    tourist.answered()

    # paint: closed cells change the answer, and the pane says so
    tourist.press(Qt.Key.Key_End)
    tourist.press(Qt.Key.Key_S)
    canvas = tourist.panes()[0].view.findChild(CellCanvas)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, canvas.rect().center())
    tourist.until(lambda: "was" in tourist.texts(tourist.panes()[0]))
    tourist.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    tourist.until(lambda: "was" not in tourist.texts(tourist.panes()[0]))
    tourist.press(Qt.Key.Key_S)

    # compose: a digit is dragged, and the networks follow
    tourist.press(Qt.Key.Key_C)
    composer = session.composer
    tourist.until(lambda: composer.state.answers is not None and composer.state.object is not None)
    scene_canvas = tourist.window.findChild(SceneCanvas)
    before, digit = composer.state.answers, composer.state.object
    start = scene_canvas.from_scene(QPointF(digit.x, digit.y)).toPoint()
    QTest.mousePress(scene_canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(scene_canvas, start + QPoint(20, 10))
    QTest.mouseRelease(scene_canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(20, 10))
    tourist.until(lambda: composer.state.answers is not before)
    tourist.click("Explore", tourist.window.findChild(PageSwitch))

    # train with the preset “quick”, and see the new network
    tourist.click("Train a network …")
    panel = tourist.window.findChild(TrainingPanel)
    tourist.until(lambda: session.training.choices is not None)
    session.training.plan.choose("mref/san", "quick")
    tourist.click("Start", panel)
    tourist.until(lambda: session.training.state.phase == "training", seconds=120)
    tourist.until(lambda: session.training.state.phase == "done", seconds=900)
    tourist.until(lambda: len(tourist.panes()) == 4)
    tourist.answered()
    assert session.training.state.epochs[-1].validation_accuracy > 0.5

    # export what is seen
    tourist.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    tourist.until(lambda: bool(tourist.dialogs()))
    tourist.click("Save …")
    tourist.choose_file(tmp_path / "figure.png")
    tourist.until(lambda: (tmp_path / "figure.png").exists())
    with Image.open(tmp_path / "figure.png") as figure:
        assert min(figure.size) > 200
