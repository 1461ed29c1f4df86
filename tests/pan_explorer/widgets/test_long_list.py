"""A column of any number of rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QPainter, QPalette
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QToolTip

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
    column = LongList(name="numbers", hint="go through them", gap=8)
    qtbot.addWidget(column)
    column.resize(120, 400)
    column.show()
    return column


def test_only_rows_in_sight_are_painted(column: LongList) -> None:
    rows = Numbers(100_000)
    column.show_rows(rows)
    column.grab()
    assert rows.painted == set(range(8))
    rows.painted.clear()
    column.show_current(60_000)
    column.grab()
    assert 0 < len(rows.painted) < 12
    assert 60_000 in rows.painted
    assert column.viewport().rect().toRectF().contains(column.place(60_000))


def test_other_rows_are_shown_from_the_top_and_renewed_ones_where_they_were(column: LongList) -> None:
    column.show_rows(Numbers(1_000))
    column.grab()
    column.show_current(500)
    column.grab()
    before = column.number_at(QPoint(30, 30))
    assert before > 400
    column.renew(Numbers(1_000))
    assert column.number_at(QPoint(30, 30)) == before
    column.show_rows(Numbers(900))
    assert column.number_at(QPoint(30, 30)) == 0


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


def test_the_row_under_the_pointer_is_told_in_words(column: LongList) -> None:
    column.show_rows(Numbers(20))
    place = column.place(3).center().toPoint()
    QApplication.sendEvent(column.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, column.mapToGlobal(place)))
    assert QToolTip.text() == "number 3"
    QToolTip.hideText()


def test_a_row_is_known_to_those_who_cannot_see_it(column: LongList) -> None:
    column.show_rows(Numbers(20))
    column.show_current(5)
    table = QAccessible.queryAccessibleInterface(column)
    told = [table.child(place).text(QAccessible.Text.Name) for place in range(table.childCount())]
    assert [words for words in told if words.startswith("number")] == [f"number {place}" for place in range(20)]
    assert column.number_at(QPointF(column.place(5).center()).toPoint()) == 5


def test_rows_are_gone_through_by_keys_alone(column: LongList, qtbot) -> None:
    column.show_rows(Numbers(1_000))
    column.show_current(3)
    chosen = QSignalSpy(column.chosen)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(column, key)
    assert [chosen.at(place)[0] for place in range(chosen.count())] == [4, 3, 999, 0]


def test_framing_a_row_by_the_program_emits_no_choice(column: LongList) -> None:
    chosen = QSignalSpy(column.chosen)
    column.show_rows(Numbers(20))
    column.show_current(5)
    column.show_rows(Numbers(30))
    column.show_current(-1)
    assert (chosen.count(), column.current) == (0, -1)


def test_a_framed_row_can_be_clicked_again(column: LongList, qtbot) -> None:
    column.show_rows(Numbers(20))
    column.show_current(2)
    chosen = QSignalSpy(column.chosen)
    qtbot.mouseClick(column.viewport(), Qt.MouseButton.LeftButton, pos=column.place(2).center().toPoint())
    assert chosen.count() == 1
