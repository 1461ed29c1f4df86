"""Widgets in as few rows as show them all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from app.widgets.scrolled import scrolled
from app.widgets.tiles import Tiles


class Tile(QWidget):
    """Needs 100 × 80 pixels."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(100, 80)


@pytest.fixture
def tiles(qtbot) -> Tiles:
    tiles = Tiles(spacing=10)
    qtbot.addWidget(tiles)
    return tiles


def places(tiles: Tiles, shown: list[Tile], width: int, height: int) -> list[tuple[int, int]]:
    tiles.fit(QSize(width, height))
    tiles.resize(width, height)
    tiles.show()
    tiles.layout().activate()
    return [(tile.x(), tile.y()) for tile in shown]


def test_all_stand_in_one_row_where_it_has_room_for_them(tiles: Tiles) -> None:
    shown = [Tile() for _ in range(4)]
    tiles.show_widgets(shown)
    assert {y for _, y in places(tiles, shown, 430, 400)} == {0}
    assert len({tile.width() for tile in shown}) == 1


def test_a_second_row_is_begun_before_one_is_hidden_and_given_up_for_a_wider_place(tiles: Tiles) -> None:
    shown = [Tile() for _ in range(7)]
    tiles.show_widgets(shown)
    rows = [y for _, y in places(tiles, shown, 440, 400)]
    assert (rows.count(0), len(set(rows))) == (4, 2)
    assert shown[4].x() == shown[0].x()
    assert shown[4].size() == shown[0].size()
    assert {y for _, y in places(tiles, shown, 900, 400)} == {0}
    assert shown[6].geometry().right() == 899, "no room is kept for the row that is gone"
    assert shown[6].geometry().bottom() == 399


def test_they_stand_in_a_row_to_be_scrolled_where_two_would_be_too_low(qtbot) -> None:
    tiles, shown = Tiles(spacing=10), [Tile() for _ in range(8)]
    tiles.show_widgets(shown)
    area = scrolled(tiles, along=Qt.Orientation.Horizontal)
    qtbot.addWidget(area)
    area.resize(440, 170)
    area.show()
    tiles.fit(area.viewport().size())
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() > 0)
    assert {tile.y() for tile in shown} == {0}


def test_what_was_shown_before_is_gone(tiles: Tiles, qtbot) -> None:
    first, second = Tile(), Tile()
    tiles.show_widgets([first])
    places(tiles, [first], 440, 400)
    with qtbot.waitSignal(first.destroyed):
        tiles.show_widgets([second])
    assert places(tiles, [second], 440, 400) == [(0, 0)]
