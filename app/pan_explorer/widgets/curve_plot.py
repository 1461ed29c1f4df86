"""A plot of smoothed curves over integers, with faint raw lines and a marker at the best point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from pan_explorer.widgets.curves import Axes, Curve
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.plots import colour_axes, narrow_axes, pg, plain_plot

MOST_TICKS = 8
FAINT, BEHIND = 70, 140  # alpha of 255: raw lines, and curves behind the others
PADDING = 0.07
"""Space below and above the ends of the vertical axis, as a share of its height."""
TICKS, MARGIN = 20, 10
"""Height of the numbers below the plot, and space at the right of the caption, in pixels."""
OUTLIERS = (2, 98)  # percentiles at the ends of the axis when outliers are cut off


class CurvePlot(QWidget):
    """Draws curves, and shows their values at the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self._curves: tuple[Curve, ...] = ()
        self._axes = Axes()
        self._best: tuple[float, float] | None = None
        self._whole = 1.0
        self._end: tuple[float, str] | None = None
        self._plot = plain_plot(self)
        narrow_axes(self._plot)
        self._item = self._plot.getPlotItem()
        self._caption = QLabel(self)
        self._caption.setProperty("quiet", True)
        for inner in (self._plot, self._caption):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMouseTracking(True)
        self._take_colours()

    def set_curves(
        self, curves: Sequence[Curve], best: tuple[float, float] | None = None, whole: float = 1.0,
        end: tuple[float, str] | None = None,
    ) -> None:  # fmt: skip
        """Replace the curves.

        Args:
            curves: The lines, the first in front.
            best: A point to mark.
            whole: Lower bound of the end of the x axis, which leaves room for the rest of a run.
            end: Position and label of a dashed vertical line, such as the end of patience.
        """
        if (tuple(curves), best, whole, end) != (self._curves, self._best, self._whole, self._end):
            self._curves, self._best, self._whole, self._end = tuple(curves), best, whole, end
            self._redraw()

    def set_axes(self, axes: Axes) -> None:
        """Set the view of the curves."""
        if axes != self._axes:
            self._axes = axes
            self._redraw()

    def set_caption(self, text: str) -> None:
        """Show a small text in the lower right corner, above the end of the vertical axis."""
        self._caption.setText(text)
        self._place()

    def read_out(self, x: float) -> str:
        """The value of each curve nearest to x, as text."""
        lines = []
        for curve in self._curves:
            if curve.x:
                near = min(range(len(curve.x)), key=lambda number: abs(curve.x[number] - x))
                lines.append(f"{curve.name} {curve.y[near]:.4g} at {curve.x[near]:.4g}")
        return "\n".join(lines)

    def _redraw(self) -> None:
        self._item.clear()
        self._item.setLogMode(y=self._axes.log)
        for curve in reversed(self._curves):
            x, y = np.array(curve.x), np.array(curve.y, dtype=float)
            if curve.noisy and self._axes.smoothing:
                self._line(x, y, curve.colour, FAINT, 1.0)
                y = smoothed(y, self._axes.smoothing)
            self._line(x, y, curve.colour, BEHIND if curve.faint else 255, 1.0 if curve.faint else 2.0)
        if self._best:
            pen = pg.mkPen(self._text(255), width=1.5)
            self._item.plot(*np.array(self._best)[:, None], pen=None, symbol="o", symbolSize=9, symbolBrush=None,
                            symbolPen=pen)
        if self._end is not None:
            place, name = self._end
            pen = pg.mkPen(self._text(BEHIND), width=1, style=Qt.PenStyle.DashLine)
            words = {"position": 0.5, "color": self._text(150), "anchors": [(1, 0.5), (1, 0.5)]}
            self._item.addItem(pg.InfiniteLine(place, pen=pen, label=name, labelOpts=words), ignoreBounds=True)
        self._set_range()

    def _line(
        self, x: Float[np.ndarray, " n"], y: Float[np.ndarray, " n"], colour: str, alpha: int, width: float
    ) -> None:
        drawn = QColor(colour) if colour else self._text(255)
        drawn.setAlpha(alpha)
        alone = np.isfinite(y).sum() == 1  # a single point has no line
        self._item.plot(x, y, pen=pg.mkPen(drawn, width=width), connect="finite", symbol="o" if alone else None,
                        symbolSize=5, symbolPen=None, symbolBrush=drawn)

    def _set_range(self) -> None:
        axes, view = self._axes, self._item.getViewBox()
        ends = [curve.x[-1] for curve in self._curves if curve.x]
        left = min((curve.x[0] for curve in self._curves if curve.x), default=0.0)
        right = max([self._whole, *ends])
        if axes.last and ends:
            right = max(ends)
            left = max(left, right - axes.last)
        view.setXRange(left, max(right, left + 1), padding=0.02)
        low, high = self._y_range(left)
        view.setYRange(low, high, padding=PADDING)
        ends_fixed = (low, high) == (axes.low, axes.high)
        levels = [(y, f"{y:g}") for y in (low, (low + high) / 2, high)]
        self._item.getAxis("left").setTicks([levels] if ends_fixed else None)
        step = max(1, -(-int(right - left) // MOST_TICKS))
        self._item.getAxis("bottom").setTicks([[(x, str(x)) for x in range(int(left), int(right) + 1, step)]])

    def _y_range(self, left: float) -> tuple[float, float]:
        axes = self._axes
        shown = np.array([y for curve in self._curves for x, y in zip(curve.x, curve.y, strict=True) if x >= left])
        shown = shown[np.isfinite(shown) & ((shown > 0) | (not axes.log))]
        if axes.log:
            shown = np.log10(shown)
        ends = np.percentile(shown, (0, 100) if axes.outliers else OUTLIERS) if len(shown) else (0.0, 1.0)
        if axes.log or axes.last:  # then fixed ends would hide the values of interest
            return float(ends[0]), max(float(ends[1]), float(ends[0]) + 1e-6)
        low = float(ends[0]) if axes.low is None else axes.low
        return low, max(low + 1e-6, float(ends[1]) if axes.high is None else axes.high)

    def _place(self) -> None:
        self._plot.setGeometry(self.rect())
        self._caption.adjustSize()
        bottom = round((1 - PADDING) * (self.height() - TICKS))
        self._caption.move(self.width() - self._caption.width() - MARGIN, bottom - self._caption.height())

    def _text(self, alpha: int) -> QColor:
        colour = QColor(self.palette().color(QPalette.ColorRole.Text))
        colour.setAlpha(alpha)
        return colour

    def _take_colours(self) -> None:
        colour_axes(self._plot, self.palette())
        self._redraw()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show the values at the pointer."""
        x = self._item.getViewBox().mapSceneToView(event.position()).x()
        QToolTip.showText(event.globalPosition().toPoint(), as_tip(self.read_out(x)), self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802
        """Resize the plot to the widget."""
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Update the colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colours()


def smoothed(y: Float[np.ndarray, " n"], weight: float) -> Float[np.ndarray, " n"]:
    """Bias-corrected exponential moving average; NaN stays NaN."""
    mean = mass = 0.0
    smooth: Float[np.ndarray, " n"] = np.full(len(y), np.nan)
    for place, value in enumerate(y):
        if np.isfinite(value):
            mean = weight * mean + (1 - weight) * float(value)
            mass = weight * mass + 1 - weight
            smooth[place] = mean / mass
    return smooth
