"""The image that is zoomed, dragged and pointed at."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QSignalSpy

from pan_explorer.values.view import LARGEST_ZOOM, WHOLE, Pointer, Viewport
from pan_explorer.widgets.image_view import ImageView


@pytest.fixture
def view(qtbot) -> ImageView:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[:, 50:] = 255
    view.show_image(pixels)
    view.viewport_wanted.connect(view.show_viewport)
    return view


def colour(view: ImageView, x: int, y: int) -> int:
    return view.grab().toImage().pixelColor(x, y).red()


def turn_wheel(view: ImageView, x: float, y: float, notches: int) -> None:
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    view.wheelEvent(QWheelEvent(QPointF(x, y), QPointF(x, y), QPoint(), QPoint(0, 120 * notches), no_button, no_key,
                                Qt.ScrollPhase.NoScrollPhase, False))


def move_pointer(view: ImageView, x: int, y: int) -> None:
    """As the window system would; `QTest.mouseMove` moves the cursor of the screen, which tells shown windows alone."""
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    view.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, QPointF(x, y), QPointF(x, y), no_button, no_button, no_key))


def test_the_image_fills_the_square(view: ImageView) -> None:
    assert colour(view, 60, 100) == 0
    assert colour(view, 140, 100) == 255


def test_darkness_over_the_image_hides_it(view: ImageView) -> None:
    black = np.zeros((100, 100, 4), np.uint8)
    black[..., 3] = 255
    view.show_overlay(black, smooth=True)
    assert colour(view, 140, 100) == 0


def test_a_caption_that_is_longer_than_the_picture_goes_on_in_the_next_line(view: ImageView) -> None:
    view.show_image(np.full((100, 100, 3), 255, np.uint8))
    above_one_line = 200 - 12 - 2 * view.fontMetrics().height()
    view.show_caption("of another task")
    assert colour(view, 12, above_one_line) == 255
    view.show_caption("of another task: it is asked about 0 … 9, not about moon")
    assert colour(view, 12, above_one_line) < 100


def test_a_long_word_of_a_caption_goes_on_in_the_next_line(view: ImageView) -> None:
    view.show_image(np.full((100, 100, 3), 255, np.uint8))
    view.show_caption("network_of_a_very_long_name_" * 3)
    assert colour(view, 12, 200 - 12 - 2 * view.fontMetrics().height()) < 100


def test_of_a_caption_that_is_higher_than_the_picture_the_beginning_is_seen(view: ImageView) -> None:
    pictures = []
    for first in ("12", "21"):  # equally wide
        view.show_caption(first + " network cannot answer" * 40)
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]


def test_the_wheel_zooms_about_the_pointer(view: ImageView) -> None:
    with_pointer = view._pointer_at(QPointF(150, 40))
    turn_wheel(view, 150, 40, 5)
    assert view._viewport.side < 0.5
    assert view._pointer_at(QPointF(150, 40)) == with_pointer
    turn_wheel(view, 150, 40, -50)
    assert view._viewport == WHOLE


def test_the_zoom_ends_where_pixels_are_large_and_stays_about_the_pointer(view: ImageView, qtbot) -> None:
    with_pointer = view._pointer_at(QPointF(150, 40))
    turn_wheel(view, 150, 40, 100)
    assert view._viewport.side == 1 / LARGEST_ZOOM
    assert view._pointer_at(QPointF(150, 40)) == with_pointer
    view.show_viewport(WHOLE)
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view._viewport.side == 1 / LARGEST_ZOOM


def test_dragging_moves_a_zoomed_image_but_not_beyond_its_edge(view: ImageView, qtbot) -> None:
    view.show_viewport(Viewport(0.5, 0.5, 0.5))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    qtbot.mouseMove(view, QPoint(250, 50))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(250, 50))
    assert view._viewport == Viewport(0.25, 0.5, 0.5)


def test_a_drag_of_the_image_is_no_click(view: ImageView, qtbot) -> None:
    clicked = QSignalSpy(view.clicked)
    view.show_viewport(Viewport(0.5, 0.5, 0.5))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    move_pointer(view, 80, 50)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(80, 50))
    assert clicked.count() == 0
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert clicked.count() == 1


def test_a_double_click_shows_the_whole_image(view: ImageView, qtbot) -> None:
    view.show_viewport(Viewport(0.5, 0.5, 0.5))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert view._viewport == WHOLE


def test_the_pixel_under_the_pointer_is_told(view: ImageView, qtbot) -> None:
    with qtbot.waitSignal(view.pointed) as pointed:
        move_pointer(view, 101, 31)
    assert pointed.args == [Pointer(50, 15)]


def test_a_view_that_goes_before_it_is_laid_out_is_forgotten(qtbot) -> None:
    view = ImageView()
    view.resize(200, 300)
    view.show()
    known = weakref.ref(view)
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert known() is None


def test_a_view_is_no_higher_than_wide_once_it_is_laid_out(view: ImageView, qtbot) -> None:
    view.resize(200, 300)
    view.show()
    qtbot.waitUntil(lambda: view.height() == 200)
