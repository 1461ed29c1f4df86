"""A line plot of percentages over a quantity, with a dashed marker that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from pan_explorer.widgets.plots import colour_axes, narrow_axes, pg, plain_plot
from pan_explorer.widgets.shortcut_override import override

PALE = 70  # alpha of 255
MOST_UNITS = 4
"""Of more lines the values stand without their unit, which the heading names."""
FIXED_SPACE = "\u00a0"
STEPS = {Qt.Key.Key_Left: -0.05, Qt.Key.Key_Right: 0.05}
TICKS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)


@dataclass(frozen=True, eq=False)
class Line:
    """One line: its name, colour and points; NaN where there is no value."""

    name: str
    colour: str
    x: Float[np.ndarray, " n"]
    y: Float[np.ndarray, " n"]

    def at(self, x: float) -> float:
        """Its value at an x, linearly interpolated; NaN if it has none."""
        known = ~np.isnan(self.y)
        return float(np.interp(x, self.x[known], self.y[known])) if known.any() else np.nan


class SweepPlot(QWidget):
    """Draws lines from 0 to 100 %.

    `readout_changed` carries the lines' values at the pointer, `scale_changed` a clicked x.
    """

    readout_changed = Signal(str)  # rich text
    scale_changed = Signal(float)
    released = Signal()

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._pale = False
        self._unit = unit
        self._marked: float | None = None
        self._plot = plain_plot(self)
        narrow_axes(self._plot)
        self._item = self._plot.getPlotItem()
        self._item.getAxis("left").setTicks([[(share, f"{100 * share:g}") for share in (0, 0.5, 1)]])
        self._item.getAxis("bottom").setTicks([[(x, f"{x:g} ×") for x in TICKS]])
        view = self._item.getViewBox()
        view.setXRange(TICKS[0], TICKS[-1], padding=0.05)
        view.setYRange(0, 1, padding=0.06)
        self._marker = pg.InfiniteLine(angle=90)
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(96)
        self._take_colours()

    def show_lines(self, lines: Sequence[Line], *, pale: bool) -> None:
        """Show these lines, pale if they are outdated."""
        if pale == self._pale and [_seen(line) for line in lines] == [_seen(line) for line in self._lines]:
            return
        self._lines, self._pale = tuple(lines), pale
        self.setAccessibleDescription(self.readout(self._marked) if self._marked is not None else "")
        self._redraw()

    def mark(self, x: float | None) -> None:
        """Move the dashed marker to an x."""
        self._marked = x
        self._marker.setVisible(x is not None)
        if x is not None:
            self._marker.setValue(x)
        self._show_readout(x)

    def readout(self, x: float) -> str:
        """The value of each line at an x, as text."""
        values = ", ".join(f"{line.name} {100 * line.at(x):.0f} %" for line in self._lines)
        return f"{x:.2f} {self._unit}: {values}" if values else f"{x:.2f} {self._unit}"

    def _show_readout(self, x: float | None) -> None:
        unit = f"{FIXED_SPACE}%" if len(self._lines) <= MOST_UNITS else ""
        values = [f'<span style="color:{line.colour}">●</span>{FIXED_SPACE}{100 * line.at(x):.0f}{unit}'
                  for line in self._lines if x is not None]
        readout = f" {FIXED_SPACE} ".join([f"{x:.2f}{FIXED_SPACE}{self._unit}", *values]) if x is not None else ""
        self.readout_changed.emit(readout)

    def _redraw(self) -> None:
        self._item.clear()
        self._item.addItem(self._marker)
        for line in self._lines:
            colour = QColor(line.colour)
            colour.setAlpha(PALE if self._pale else 255)
            self._item.plot(line.x, line.y, pen=pg.mkPen(colour, width=2), connect="finite")
        self._show_readout(self._marked)

    def _x_at(self, event: QMouseEvent) -> float:
        x = float(self._item.getViewBox().mapSceneToView(event.position() - self._plot.pos()).x())
        return min(max(x, TICKS[0]), TICKS[-1])

    def _take_colours(self) -> None:
        colour_axes(self._plot, self.palette())
        text = self.palette().color(QPalette.ColorRole.Text)
        self._marker.setPen(pg.mkPen(text, width=1, style=Qt.PenStyle.DashLine))
        self._redraw()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move the marker."""
        return override(event, STEPS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move the marker."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or self._marked is None:
            super().keyPressEvent(event)
            return
        self.scale_changed.emit(min(max(self._marked + step, TICKS[0]), TICKS[-1]))
        self.released.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint a frame while it has the focus."""
        if self.hasFocus():
            QPainter(self).fillRect(self.rect(), self.palette().highlight())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Emit the clicked x."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.scale_changed.emit(self._x_at(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Emit the x under a drag, or show the values at the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.scale_changed.emit(self._x_at(event))
        else:
            self._show_readout(self._x_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802
        """Release the marker."""
        self.released.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002, N802
        """Show the values at the marker again."""
        self._show_readout(self._marked)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802
        """Resize the plot to the widget, with a margin for the focus frame."""
        self._plot.setGeometry(self.rect().adjusted(1, 1, -1, -1))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Update the colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colours()


def _seen(line: Line) -> tuple[str, str, int]:
    """A key that identifies a line without comparing its points."""
    return line.name, line.colour, id(line.y)
