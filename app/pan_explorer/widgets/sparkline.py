"""Sparklines: small lines with their last values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pan_explorer.theme import SMALLEST, ui_font

TOP, SIDE, SAMPLE = 6, 6, 12
LEAST_WIDTH = 68
UNBOUNDED = (1 << 24) - 1
"""Pixels: no bound to a widget's size, as Qt has it."""
PENS = (Qt.PenStyle.SolidLine, Qt.PenStyle.DotLine)
Values = Sequence[float | None]


class Sparkline(QWidget):
    """Two measures from 0 to 1 over a fixed number of steps, one solid and one dotted, with the last values below."""

    def __init__(self, over: str) -> None:
        """Args: the quantity on the x axis, such as “by layer”."""
        super().__init__()
        self._over = over
        self._lines: Mapping[str, Values] = {}
        self._colour = QColor()
        self._font = ui_font(SMALLEST)
        self._words = QFontMetrics(self._font).height()
        self.setAccessibleName(over)
        self._side, self._wide = SIDE, UNBOUNDED
        self.setMinimumWidth(LEAST_WIDTH)

    def show_lines(self, lines: Mapping[str, Values], colour: str) -> None:
        """Show the values of each measure by name, None where unknown; a measure without values is left out."""
        self._lines = {name: values for name, values in lines.items() if _known(values)}
        self._colour = QColor(colour)
        texts = [f"{name} {self._over}: " + " > ".join(f"{value:.1%}" for value in _known(values))
                for name, values in self._lines.items()]
        self.setAccessibleDescription("; ".join(texts))
        self.setToolTip("\n".join(texts))
        self.update()

    def stand(self, height: int, width: int, side: int) -> None:
        """Set the height, the drawn width and the margin of the first and last point; height 0 fills the place.

        The widget may be narrower than the drawn width.
        """
        self._side, self._wide = (side, width) if height else (SIDE, UNBOUNDED)
        self.setMinimumHeight(height)
        self.setMaximumHeight(height or UNBOUNDED)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the lines over a baseline, and below them their names and last values."""
        if not self._lines:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = min(self.width(), self._wide)
        plot = QRectF(self._side, TOP, whole - 2 * self._side, self.height() - 2 * TOP - len(PENS) * self._words)
        painter.setPen(QPen(self.palette().mid().color(), 1))
        painter.drawLine(plot.bottomLeft() + QPointF(0, 3), plot.bottomRight() + QPointF(0, 3))
        for pen, values in zip(PENS, self._lines.values(), strict=False):
            self._paint_line(painter, plot, values, pen)
        painter.setFont(self._font)
        words = [f"{name} {100 * _known(values)[-1]:.0f} %" for name, values in self._lines.items()]
        widest = max(painter.fontMetrics().horizontalAdvance(each) for each in words)
        left = max(0.0, (whole - widest - SAMPLE - 4) / 2)
        for number, (pen, text) in enumerate(zip(PENS, words, strict=False)):
            row = QRectF(left, plot.bottom() + TOP + number * self._words, whole - left, self._words)
            painter.setPen(QPen(self._colour, 1.6, pen))
            painter.drawLine(QLineF(row.left(), row.center().y(), row.left() + SAMPLE, row.center().y()))
            painter.setPen(self.palette().windowText().color())
            painter.drawText(row.adjusted(SAMPLE + 4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_line(self, painter: QPainter, plot: QRectF, values: Values, pen: Qt.PenStyle) -> None:
        steps = max(1, len(values) - 1)
        points = [QPointF(plot.left() + plot.width() * step / steps, plot.bottom() - plot.height() * value)
                  for step, value in enumerate(values) if value is not None]
        painter.setPen(QPen(self._colour, 1.6, pen))
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        for point in points:
            painter.drawEllipse(point, 2.0, 2.0)


def _known(values: Values) -> list[float]:
    return [value for value in values if value is not None]
