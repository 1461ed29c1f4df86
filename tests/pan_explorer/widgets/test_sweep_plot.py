"""The sweep's plot tells values and asks for a scale."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from pan_explorer.widgets.sweep_plot import Line, SweepPlot

X = np.array([0.5, 1.0, 3.0])


@pytest.fixture
def plot(qtbot) -> SweepPlot:
    plot = SweepPlot("×")
    qtbot.addWidget(plot)
    plot.resize(600, 200)
    plot.show_lines([Line("SAN", "#56b4e9", X, np.array([0.2, 0.6, 1.0]))], pale=False)
    plot.show()
    return plot


def test_values_between_the_points_lie_on_the_line(plot: SweepPlot) -> None:
    assert plot.readout(0.75) == "0.75 ×: SAN 40 %"
    assert plot.readout(2.0) == "2.00 ×: SAN 80 %"


def test_without_lines_the_readout_is_empty_of_markup(plot: SweepPlot) -> None:
    told: list[str] = []
    plot.readout_changed.connect(told.append)
    plot.show_lines([], pale=False)
    plot.mark(0.64)
    assert told[-1] == "0.64\u00a0×"


def test_the_marker_tells_its_values_and_the_pointer_others(plot: SweepPlot) -> None:
    told: list[str] = []
    plot.readout_changed.connect(told.append)
    plot.mark(1.0)
    assert "60" in told[-1]
    nothing = Qt.MouseButton.NoButton
    place = QPointF(598, 100)
    plot.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, place, plot.mapToGlobal(place), nothing, nothing,
                                    Qt.KeyboardModifier.NoModifier))
    assert "100" in told[-1]
    plot.mark(None)
    assert told[-1] == ""


def test_a_press_asks_for_a_scale_within_bounds(plot: SweepPlot) -> None:
    wanted: list[float] = []
    plot.scale_changed.connect(wanted.append)
    for x in (2, 300, 598):
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(x, 100))
    assert wanted[0] == 0.5
    assert 1.2 < wanted[1] < 2.2
    assert wanted[2] == 3.0


def test_lines_of_another_scene_are_pale(plot: SweepPlot) -> None:
    lines = [Line("SAN", "#56b4e9", X, np.array([0.2, 0.6, 1.0]))]
    strong = plot.grab().toImage()
    plot.show_lines(lines, pale=True)
    assert plot.grab().toImage() != strong


def test_the_marker_is_moved_by_keys(plot: SweepPlot) -> None:
    wanted: list[float] = []
    plot.scale_changed.connect(wanted.append)
    plot.mark(1.0)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    plot.mark(0.5)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert wanted == [1.05, 0.5]
