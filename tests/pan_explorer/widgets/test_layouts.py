"""Clearing of layouts."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget, QWidgetItem
from shiboken6 import Shiboken

from pan_explorer.widgets.layouts import clear_layout


def test_clearing_a_layout_clears_nested_layouts(qtbot) -> None:
    body = QWidget()
    qtbot.addWidget(body)
    grid = QGridLayout(body)
    for place in range(3):
        row = QHBoxLayout()
        row.addWidget(QLabel())
        grid.addLayout(row, place, 0)
    items = _known_items()
    clear_layout(grid)
    del row
    assert _known_items() == items - 3
    assert body.children() == [grid]


def _known_items() -> int:
    """The number of items that PySide holds, without those of widgets that are to be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return sum(isinstance(each, QWidgetItem) for each in Shiboken.getAllValidWrappers())
