"""Thin progress bars."""

import pytest
from PySide6.QtGui import QAccessible

from pan_explorer.widgets.thin_bar import ThinBar


@pytest.mark.parametrize(("done", "total", "share"), [(0, 10, 0.0), (5, 10, 0.5), (12, 10, 1.0), (0, 0, 0.0)])
def test_the_share_that_is_done_is_shown(qtbot, done, total, share) -> None:
    bar = ThinBar(6, "Progress")
    qtbot.addWidget(bar)
    bar.resize(100, 6)
    bar.show_share(done, total)
    assert bar.share == share
    spoken = QAccessible.queryAccessibleInterface(bar)
    assert spoken.role() == QAccessible.Role.ProgressBar
    assert spoken.valueInterface().currentValue() == 1000 * share
    image = bar.grab().toImage()
    filled = sum(image.pixelColor(x, 3) == bar.palette().highlight().color() for x in range(100))
    assert abs(filled - 100 * share) <= 6
