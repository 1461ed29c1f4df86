"""A tile is clicked, or dragged out of its place."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pan_explorer.widgets.tile import Tile


@pytest.fixture
def tile(qtbot) -> Tile:
    tile = Tile("digit 3", "a 3", 44)
    qtbot.addWidget(tile)
    tile.show_image(np.full((36, 36, 4), 200, np.uint8))
    tile.show()
    return tile


@pytest.fixture
def told(tile: Tile) -> list[str]:
    told: list[str] = []
    for name in ("clicked", "drag_started", "drag_moved", "drag_ended", "return_pressed"):
        getattr(tile, name).connect(lambda *_, name=name: told.append(name))
    return told


def test_a_press_and_a_release_are_a_click(tile: Tile, told: list[str]) -> None:
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert told == ["clicked"]


def test_dragging_out_of_a_tile_starts_a_drag_and_no_click(tile: Tile, told: list[str]) -> None:
    QTest.mousePress(tile, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(tile, QPoint(21, 20))
    assert told == []
    for x in (60, 90):
        QTest.mouseMove(tile, QPoint(x, 20))
    QTest.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=QPoint(90, 20))
    assert told == ["drag_started", "drag_moved", "drag_moved", "drag_ended"]
    assert not tile.isChecked()
    QTest.mouseMove(tile, QPoint(10, 20))
    assert told[-1] == "drag_ended"


def test_return_chooses_too(tile: Tile, told: list[str]) -> None:
    QTest.keyClick(tile, Qt.Key.Key_Return)
    assert told == ["return_pressed"]
