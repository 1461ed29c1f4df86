"""Arrays become images of the same colours, in the form that is painted fastest."""

import numpy as np
from PySide6.QtGui import QImage

from pan_explorer.widgets.pixels import to_image


def test_colours_and_opacity_stay_as_they_are() -> None:
    rgb = np.array([[[10, 20, 30], [250, 0, 128]]], np.uint8)
    faded = np.array([[[0, 0, 0, 77], [200, 100, 50, 255]]], np.uint8)
    assert to_image(rgb).pixelColor(1, 0).getRgb() == (250, 0, 128, 255)
    assert to_image(faded).pixelColor(0, 0).getRgb() == (0, 0, 0, 77)
    assert to_image(faded).pixelColor(1, 0).getRgb() == (200, 100, 50, 255)


def test_an_image_outlives_its_array_and_needs_no_conversion_when_it_is_painted() -> None:
    pixels = np.full((2, 3, 4), 255, np.uint8)
    image = to_image(pixels)
    pixels[:] = 0
    assert image.pixelColor(2, 1).getRgb() == (255, 255, 255, 255)
    assert image.format() == QImage.Format.Format_ARGB32_Premultiplied
    assert to_image(pixels[..., :3]).format() == QImage.Format.Format_RGB32
