"""The canvas tells what a hand does, in pixels of the scene."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from pan_explorer.widgets.scene_canvas import SceneCanvas


@pytest.fixture
def canvas(qtbot) -> SceneCanvas:
    canvas = SceneCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(500, 400)  # the scene is 400 by 400 in its middle
    canvas.show_image(np.zeros((100, 100, 3), np.uint8))
    canvas.show()
    return canvas


@pytest.fixture
def told(canvas: SceneCanvas) -> list[tuple[str, tuple[float, ...]]]:
    told: list[tuple[str, tuple[float, ...]]] = []
    for name in ("pressed", "dragged", "handle_dragged", "hovered", "nudged"):
        getattr(canvas, name).connect(lambda *values, name=name: told.append((name, values)))
    for name in ("released", "dismissed"):
        getattr(canvas, name).connect(lambda name=name: told.append((name, ())))
    return told


def test_places_are_those_of_the_scene_and_back(canvas: SceneCanvas) -> None:
    assert canvas.to_scene(QPointF(250, 200)) == QPointF(50, 50)
    assert canvas.from_scene(QPointF(0, 100)) == QPointF(50, 400)


def test_a_press_a_move_and_a_release_are_a_drag(canvas: SceneCanvas, told) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(90, 40))
    QTest.mouseMove(canvas, QPoint(130, 80))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(130, 80))
    QTest.mouseMove(canvas, QPoint(134, 80))
    assert told == [("pressed", (10, 10)), ("dragged", (20, 20)), ("released", ()), ("hovered", (21, 20))]


def test_a_corner_of_the_frame_stretches_about_its_middle(canvas: SceneCanvas, told) -> None:
    canvas.show_frame(40, 40, 20, 20)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50 + 4 * 60, 4 * 60))
    QTest.mouseMove(canvas, QPoint(50 + 4 * 65, 4 * 62))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50 + 4 * 65, 4 * 62))
    assert told == [("handle_dragged", (1.5,)), ("released", ())]


def test_without_a_frame_a_corner_is_nothing_special(canvas: SceneCanvas, told) -> None:
    canvas.show_frame(40, 40, 20, 20)
    canvas.hide_frame()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50 + 4 * 60, 4 * 60))
    assert told == [("pressed", (60, 60))]


def test_keys_scale_and_go_to_another_digit(canvas: SceneCanvas) -> None:
    notches: list[float] = []
    steps: list[int] = []
    canvas.wheeled.connect(notches.append)
    canvas.stepped.connect(steps.append)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(canvas, key)
    assert (notches, steps) == ([1, -1], [1, -1])


def test_arrow_keys_nudge_by_one_and_with_shift_by_five(canvas: SceneCanvas, told) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert told == [("nudged", (1, 0)), ("nudged", (0, 5)), ("dismissed", ())]


def test_the_object_to_be_placed_is_previewed_at_the_pointer(canvas: SceneCanvas) -> None:
    canvas.show_ghost(np.full((20, 20, 4), 255, np.uint8))
    QTest.mouseMove(canvas, QPoint(250, 200))
    seen = canvas.grab().toImage()
    assert seen.pixelColor(250, 200).red() > 100
    assert seen.pixelColor(250, 260).red() < 20
    canvas.show_ghost(None)
    assert canvas.grab().toImage().pixelColor(250, 200).red() < 20


def test_the_frame_is_drawn_where_it_was_put(canvas: SceneCanvas) -> None:
    before = canvas.grab().toImage()
    canvas.show_frame(40, 40, 20, 20)
    after = canvas.grab().toImage()
    assert after.pixelColor(50 + 160, 200).red() > 150
    assert after.pixelColor(250, 200) == before.pixelColor(250, 200)
