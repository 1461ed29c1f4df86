"""A column of any number of rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPalette
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QToolTip

from pan_explorer.widgets.long_list import LongList


class Numbers:
    height = 50

    def __init__(self, count: int) -> None:
        self._count = count
        self.painted: set[int] = set()

    def __len__(self) -> int:
        return self._count

    def hint(self, number: int) -> str:
        return f"number {number}"

    def paint(self, painter: QPainter, place: QRectF, number: int, palette: QPalette) -> None:
        self.painted.add(number)
        painter.fillRect(place, QColor("red"))


@pytest.fixture
def column(qtbot) -> LongList:
    column = LongList(name="numbers", gap=8)
    qtbot.addWidget(column)
    column.resize(120, 400)
    return column


def test_only_rows_in_sight_are_painted(column: LongList) -> None:
    rows = Numbers(100_000)
    column.show_rows(rows)
    column.grab()
    assert rows.painted == set(range(9))
    rows.painted.clear()
    column.show_current(60_000)
    column.grab()
    assert len(rows.painted) < 12
    assert 60_000 in rows.painted
    assert column.viewport().rect().toRectF().contains(column.place(60_000))


def test_the_last_row_can_be_scrolled_to_and_chosen(column: LongList, qtbot) -> None:
    column.show_rows(Numbers(1_000))
    column.verticalScrollBar().setValue(column.verticalScrollBar().maximum())
    chosen = QSignalSpy(column.chosen)
    place = column.place(999).center().toPoint()
    qtbot.mouseClick(column.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.at(0) == [999]


def test_below_the_rows_there_is_nothing_to_choose(column: LongList, qtbot) -> None:
    column.show_rows(Numbers(2))
    chosen = QSignalSpy(column.chosen)
    qtbot.mouseClick(column.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 390))
    assert chosen.count() == 0


def test_the_row_under_the_pointer_is_told_in_words(column: LongList, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: told.append(text))
    column.show_rows(Numbers(20))
    place = column.place(3).center().toPoint()
    column.viewportEvent(QHelpEvent(QEvent.Type.ToolTip, place, column.mapToGlobal(place)))
    assert told == ["number 3"]


def test_a_chosen_row_is_known_to_those_who_cannot_see_it(column: LongList) -> None:
    column.show_rows(Numbers(20))
    column.show_current(5)
    assert column.accessibleDescription() == "number 5"
    assert column.number_at(QPointF(column.place(5).center()).toPoint()) == 5
