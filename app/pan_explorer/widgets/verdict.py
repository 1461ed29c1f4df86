"""A mark for a right or wrong answer."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from pan_explorer.widgets.icons import paint_icon


class Verdict(QWidget):
    """A tick or a cross; empty while unknown."""

    def __init__(self) -> None:
        super().__init__()
        self._right: bool | None = None
        side = self.fontMetrics().height()
        self.setFixedSize(side, side)

    def show_right(self, right: bool | None) -> None:
        """Show whether the answer is right; None if unknown."""
        self._right = right
        words = "" if right is None else "right" if right else "wrong"
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the icon."""
        if self._right is not None:
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
            paint_icon(QPainter(self), self.rect().toRectF(), "check" if self._right else "close", colour)
