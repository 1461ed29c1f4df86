"""Windows beside the main one are as large as they should be, and no larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = 40
"""What a title bar takes of a screen's height, and a little more."""


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, as far as the screen has room for it.

    Args:
        window: The window.
        width: In pixels.
        height: In pixels.
    """
    room = window.screen().availableSize() - QSize(0, FRAME)
    window.resize(QSize(width, height).boundedTo(room))
