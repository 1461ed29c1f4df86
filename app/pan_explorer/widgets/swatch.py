"""A colour swatch button."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

SIDE = 28


class Swatch(QPushButton):
    """A checkable button; it has a ring while it is checked."""

    def __init__(self, name: str, rgb: tuple[int, ...]) -> None:
        super().__init__()
        self._colour = QColor(*rgb)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the disc, and a ring if it is checked or has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        painter.setPen(QPen(self.palette().mid().color(), 1))
        painter.setBrush(self._colour)
        painter.drawEllipse(whole.adjusted(5, 5, -5, -5))
        if self.isChecked() or self.hasFocus():
            ring = self.palette().highlight() if self.hasFocus() else self.palette().windowText()
            painter.setPen(QPen(ring.color(), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(whole.adjusted(1.5, 1.5, -1.5, -1.5))
