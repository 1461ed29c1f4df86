"""The edge of a mask as lines."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from app.widgets.image_view import ImageView
from app.widgets.outline import outline_path


def test_the_outline_of_a_rectangle_is_that_rectangle() -> None:
    mask = np.zeros((10, 10), bool)
    mask[2:5, 3:9] = True
    path = outline_path(mask)
    assert path.boundingRect().getRect() == (3, 2, 6, 3)
    assert path.elementCount() == 8


def test_a_mask_that_fills_the_image_is_outlined_at_its_border_and_an_empty_one_not_at_all() -> None:
    assert outline_path(np.ones((4, 4), bool)).boundingRect().getRect() == (0, 0, 4, 4)
    assert outline_path(np.zeros((4, 4), bool)).isEmpty()


def test_a_hole_is_outlined_too() -> None:
    mask = np.ones((6, 6), bool)
    mask[2:4, 2:4] = False
    assert outline_path(mask).elementCount() == 16


def test_the_line_is_seen_on_black_and_on_white(qtbot) -> None:
    mask = np.zeros((20, 20), bool)
    mask[5:15, 5:15] = True
    for level in (0, 255):
        view = ImageView()
        qtbot.addWidget(view)
        view.resize(200, 200)
        view.show_image(np.full((20, 20, 3), level, np.uint8))
        view.show_outline(mask)
        drawn = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        levels = [drawn.pixelColor(100, y).red() for y in range(40, 60)]
        assert max(levels) - min(levels) > 90
        view.show_outline(None)
        plain = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        assert {plain.pixelColor(100, y).red() for y in range(40, 60)} == {level}
