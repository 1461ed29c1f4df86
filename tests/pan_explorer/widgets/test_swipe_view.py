"""The line between two images."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pan_explorer.widgets.swipe_view import KEY_STEP, SwipeView


def test_the_line_is_moved_by_keys_as_far_as_the_edges(qtbot) -> None:
    view = SwipeView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    line = next(each for each in view.findChildren(QWidget) if each.accessibleName() == "line between two networks")
    for key, edge in ((Qt.Key.Key_Right, 1.0), (Qt.Key.Key_Left, 0.0)):
        for _ in range(round(1 / KEY_STEP) + 5):
            qtbot.keyClick(line, key)
        assert view.share == edge
