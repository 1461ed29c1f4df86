"""A small figure in the style of papers: lines with confidence intervals, in percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pan_explorer.widgets.plots import pg, plain_plot


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        name: Its name.
        colour: Its colour.
        x: The x values.
        y: The y values.
        low: Lower ends of the intervals; empty for none.
        high: Upper ends of the intervals.
        dashed: Whether it is dashed.
    """

    name: str
    colour: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    dashed: bool = False


class FigurePlot(QWidget):
    """Draws lines between labelled axes.

    Args:
        name: Its accessible name.
        bottom: The label of the x axis.
        left: The label of the y axis.
    """

    def __init__(self, name: str, bottom: str, left: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._lines: tuple[Line, ...] = ()
        self._plot = plain_plot(self)
        self._item = self._plot.getPlotItem()
        self._labels = {"bottom": bottom, "left": left}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        self._take_colours()

    def show_lines(
        self, lines: Sequence[Line], ticks: Sequence[tuple[float, str]], x: tuple[float, float], y: tuple[float, float]
    ) -> None:
        """Show these lines with ticks on the x axis, in the given ranges."""
        self._lines = tuple(lines)
        self.setAccessibleDescription("; ".join(
            f"{line.name}: {', '.join(f'{value:.0f}' for value in line.y[:: max(1, len(line.y) // 5)])}"
            for line in lines))  # fmt: skip
        self._item.getAxis("bottom").setTicks([list(ticks)])
        self._item.setXRange(*x, padding=0.04)
        self._item.setYRange(*y, padding=0.04)
        self._redraw()

    def _redraw(self) -> None:
        self._item.clear()
        for line in reversed(self._lines):
            places, values = np.array(line.x), np.array(line.y)
            if line.low:
                self._item.addItem(pg.ErrorBarItem(
                    x=places, y=values, top=np.array(line.high) - values, bottom=values - np.array(line.low),
                    beam=0.06, pen=pg.mkPen(line.colour, width=1)))  # fmt: skip
            style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
            self._item.plot(places, values, pen=pg.mkPen(line.colour, width=2, style=style), symbolSize=6,
                            symbol="o" if line.low else None, symbolPen=None, symbolBrush=line.colour)

    def _take_colours(self) -> None:
        self._plot.setBackground(self.palette().color(QPalette.ColorRole.Window))
        words = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for side, label in self._labels.items():
            axis = self._item.getAxis(side)
            axis.setPen(pg.mkPen(words))
            axis.setTextPen(pg.mkPen(words))
            axis.setLabel(label, color=words.name())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Update the colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colours()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Proportions of about 3 : 2."""
        return QSize(380, 250)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The smallest readable size."""
        return QSize(240, 160)
