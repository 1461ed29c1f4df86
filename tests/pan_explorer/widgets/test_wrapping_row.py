"""Widgets in as few rows as show them all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.wrapping_row import WrappingRow


class Cell(QWidget):
    """Needs 100 × 80 pixels."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(100, 80)


@pytest.fixture
def row(qtbot) -> WrappingRow:
    row = WrappingRow(spacing=10)
    qtbot.addWidget(row)
    return row


def places(row: WrappingRow, shown: list[Cell], width: int, height: int) -> list[tuple[int, int]]:
    row.fit(QSize(width, height))
    row.resize(width, height)
    row.show()
    row.layout().activate()
    return [(cell.x(), cell.y()) for cell in shown]


@pytest.mark.parametrize("width", [430, 431, 433])
def test_widgets_are_in_one_row_if_it_is_wide_enough(row: WrappingRow, width: int) -> None:
    shown = [Cell() for _ in range(4)]
    row.show_widgets(shown)
    assert {y for _, y in places(row, shown, width, 400)} == {0}
    assert len({cell.width() for cell in shown}) == 1


def test_a_second_row_is_begun_before_one_is_hidden_and_given_up_for_a_wider_place(row: WrappingRow) -> None:
    shown = [Cell() for _ in range(7)]
    row.show_widgets(shown)
    rows = [y for _, y in places(row, shown, 440, 400)]
    assert (rows.count(0), len(set(rows))) == (4, 2)
    assert shown[4].x() == shown[0].x()
    assert shown[4].size() == shown[0].size()
    assert {y for _, y in places(row, shown, 900, 400)} == {0}
    assert shown[6].geometry().right() == 899, "no room is kept for the row that is gone"
    assert shown[6].geometry().bottom() == 399


def test_widgets_are_in_one_scrolled_row_if_two_would_be_too_low(qtbot) -> None:
    row, shown = WrappingRow(spacing=10), [Cell() for _ in range(8)]
    row.show_widgets(shown)
    area = scrolled(row, along=Qt.Orientation.Horizontal)
    qtbot.addWidget(area)
    area.resize(440, 170)
    area.resized.connect(row.fit)
    area.show()
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() > 0)
    assert {cell.y() for cell in shown} == {0}
    area.resize(440, 400)
    qtbot.waitUntil(lambda: len({cell.y() for cell in shown}) == 2)
    assert area.horizontalScrollBar().maximum() == 0


def test_new_widgets_replace_the_old_ones(row: WrappingRow, qtbot) -> None:
    first, second = Cell(), Cell()
    row.show_widgets([first])
    places(row, [first], 440, 400)
    with qtbot.waitSignal(first.destroyed):
        row.show_widgets([second])
    assert places(row, [second], 440, 400) == [(0, 0)]
