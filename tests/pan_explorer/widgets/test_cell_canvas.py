"""Cells over an image, painted on with the mouse."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt

from pan_explorer.values.view import Viewport
from pan_explorer.widgets.brush import Grid
from pan_explorer.widgets.cell_canvas import CellCanvas
from pan_explorer.widgets.image_view import ImageView

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
WHOLE = QRectF(0, 0, 1, 1)


@pytest.fixture
def view(qtbot) -> ImageView:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show_image(np.zeros((100, 100, 3), np.uint8))
    return view


@pytest.fixture
def canvas(view: ImageView) -> CellCanvas:
    canvas = CellCanvas(view)
    canvas.show_cells(Grid(10, 10), WHOLE, frozenset(), frozenset())
    canvas.show_brush(1, "#ffffff")
    canvas.show()
    view.layout().activate()
    return canvas


@pytest.fixture
def told(canvas: CellCanvas) -> list:
    """All that the canvas says, in order."""
    told = []
    canvas.stroke_begun.connect(lambda: told.append("begun"))
    canvas.painted.connect(lambda cells, opposite: told.append((set(cells), opposite)))
    canvas.stroke_ended.connect(lambda: told.append("ended"))
    return told


def test_a_click_paints_the_cell_below_it(canvas: CellCanvas, told: list, qtbot) -> None:
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(50, 30))
    assert told == ["begun", ({(1, 2)}, False), "ended"]


def test_a_drag_paints_all_cells_on_its_way(canvas: CellCanvas, told: list, qtbot) -> None:
    qtbot.mousePress(canvas, LEFT, pos=QPoint(10, 10))
    qtbot.mouseMove(canvas, QPoint(90, 10))
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(90, 10))
    assert set().union(*(cells for cells, _ in told[1:-1])) == {(0, column) for column in range(5)}


@pytest.mark.parametrize(("button", "held"), [(RIGHT, Qt.KeyboardModifier.NoModifier),
                                              (LEFT, Qt.KeyboardModifier.AltModifier)])  # fmt: skip
def test_the_right_button_and_alt_mean_the_opposite(canvas: CellCanvas, told: list, qtbot, button, held) -> None:
    qtbot.mouseClick(canvas, button, held, QPoint(50, 30))
    assert told[1] == ({(1, 2)}, True)


def test_shift_takes_the_whole_map(canvas: CellCanvas, told: list, qtbot) -> None:
    qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, QPoint(50, 30))
    assert len(told[1][0]) == 100


def test_a_zoomed_view_is_painted_where_it_is_seen(canvas: CellCanvas, view: ImageView, told: list, qtbot) -> None:
    view.show_viewport(Viewport(0.75, 0.75, 0.5))
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(5, 5))
    assert told[1] == ({(5, 5)}, False)


def test_with_ctrl_a_zoomed_image_is_dragged(canvas: CellCanvas, view: ImageView, told: list, qtbot) -> None:
    view.viewport_wanted.connect(view.show_viewport)
    view.show_viewport(Viewport(0.5, 0.5, 0.5))
    qtbot.mousePress(canvas, LEFT, Qt.KeyboardModifier.ControlModifier, QPoint(50, 50))
    qtbot.mouseMove(view, QPoint(250, 50))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(250, 50))
    assert told == []
    assert view._viewport == Viewport(0.25, 0.5, 0.5)


def test_a_stroke_ends_with_its_canvas(canvas: CellCanvas, view: ImageView, told: list, qtbot) -> None:
    view.show()
    qtbot.mousePress(canvas, LEFT, pos=QPoint(10, 10))
    canvas.hide()
    assert told[-1] == "ended"


def test_marked_cells_look_different_from_each_other_and_the_rest(canvas: CellCanvas, view: ImageView) -> None:
    canvas.show_cells(Grid(10, 10), WHOLE, frozenset({(0, 0), (40, 40)}), frozenset({(0, 2)}))
    shown = view.grab().toImage()
    closed, plain, opened = (shown.pixelColor(x, 10) for x in (10, 30, 50))
    assert closed.red() > 200
    assert plain.red() == plain.green() == 0
    assert shown.pixelColor(55, 10).green() > opened.red()


def test_keys_move_the_brush_and_paint(canvas: CellCanvas, told: list, qtbot) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(canvas, key)
    assert told == ["begun", ({(6, 6)}, False), "ended"]  # from the middle cell, to which the first key brought it
    for _ in range(20):
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert told[4] == ({(6, 0)}, True)


def test_a_map_inside_the_image_is_painted_there(canvas: CellCanvas, view: ImageView, told: list, qtbot) -> None:
    inside = QRectF(0.1, 0.1, 0.8, 0.8)  # of 200 pixels: cells of 16, from the 20th on
    canvas.show_cells(Grid(10, 10), inside, frozenset({(0, 0)}), frozenset())
    shown = view.grab().toImage()
    assert shown.pixelColor(28, 28).red() > 200
    assert shown.pixelColor(10, 10).red() == 0
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(50, 30))
    assert told[1] == ({(0, 1)}, False)
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(5, 195))
    assert told[4] == ({(9, 0)}, False)  # beside all cells the edge cell is meant


def test_parts_of_a_map_outside_the_image_are_not_drawn(canvas: CellCanvas, view: ImageView) -> None:
    view.resize(300, 200)
    view.layout().activate()
    canvas.show_cells(Grid(2, 2), QRectF(0, 0, 2, 2), frozenset({(0, 0), (0, 1)}), frozenset())
    shown = view.grab().toImage()
    beside = shown.pixelColor(280, 100)
    canvas.show_cells(Grid(2, 2), QRectF(0, 0, 2, 2), frozenset(), frozenset())
    assert view.grab().toImage().pixelColor(280, 100) == beside
