"""A line so small that only its shape and its last value are read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pan_explorer.theme import SMALLEST, ui_font

SIDE = 6
LEAST_WIDTH = 68
UNBOUNDED = (1 << 24) - 1
"""Pixels: no bound to a widget's size, as Qt has it."""


class Sparkline(QWidget):
    """Values from 0 to 1 over a fixed number of steps, the last one written out."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._values: Sequence[float | None] = ()
        self._colour = QColor()
        self._font = ui_font(SMALLEST)
        self._line = QFontMetrics(self._font).height() + 2
        self.setAccessibleName(title)
        self._side, self._wide = SIDE, UNBOUNDED
        self.setMinimumWidth(LEAST_WIDTH)

    def show_values(self, values: Sequence[float | None], colour: str) -> None:
        """A value for each step; None where there is none."""
        self._values, self._colour = values, QColor(colour)
        known = [value for value in values if value is not None]
        self.setAccessibleDescription(", ".join(f"{value:.0%}" for value in known))
        self.setToolTip(f"{self._title}: " + " > ".join(f"{value:.1%}" for value in known) if known else "")
        self.update()

    def stand(self, height: int, width: int, side: int) -> None:
        """Be so high, and draw so wide with the first and the last point so far from the ends; 0 high, fill the place.

        Its place may become narrower than that at any time.
        """
        self._side, self._wide = (side, width) if height else (SIDE, UNBOUNDED)
        self.setMinimumHeight(height)
        self.setMaximumHeight(height or UNBOUNDED)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Line, points, last value and title; nothing if no value is known."""
        whole = min(self.width(), self._wide)
        width, height = whole - 2 * self._side, self.height() - 2 * self._line - 14
        steps = max(1, len(self._values) - 1)
        top = self._line
        points = [QPointF(self._side + width * step / steps, top + height * (1 - value))
                  for step, value in enumerate(self._values) if value is not None]
        if not points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().mid().color(), 1))
        painter.drawLine(QPointF(self._side, top + height + 3), QPointF(self._side + width, top + height + 3))
        painter.setPen(QPen(self._colour, 1.6))
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        for point in points:
            painter.drawEllipse(point, 2.5, 2.5)
        painter.setFont(self._font)
        last = next(value for value in reversed(self._values) if value is not None)
        painter.setPen(self.palette().windowText().color())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        above = QRectF(0, points[-1].y() - top - 5, min(points[-1].x() + top, whole), top)
        painter.drawText(above, right, f"{100 * last:.0f} %")
        painter.setPen(self.palette().placeholderText().color())
        box = QRectF(0, top + height + 6, whole, self._line)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._title)
