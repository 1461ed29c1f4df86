"""Window sizes that fit the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

TITLE_BAR = 40
"""The height of a title bar, with a margin."""


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Resize a window, at most to the size of the screen.

    Args:
        window: The window.
        width: Wanted width in pixels.
        height: Wanted height in pixels.
    """
    room = window.screen().availableSize() - QSize(0, TITLE_BAR)
    window.resize(QSize(width, height).boundedTo(room))
