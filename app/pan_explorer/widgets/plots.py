"""Common settings of pyqtgraph plots; pyqtgraph is slow to import, so only drawing imports it."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

pg.setConfigOptions(antialias=True, imageAxisOrder="row-major")

__all__ = ["colour_axes", "narrow_axes", "pg", "plain_plot"]


def plain_plot(parent: QWidget) -> pg.PlotWidget:
    """A plot with a faint grid, without mouse interaction."""
    plot = pg.PlotWidget(parent, enableMenu=False)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys belong to the parent widget
    item = plot.getPlotItem()
    item.hideButtons()
    item.setMouseEnabled(x=False, y=False)
    item.showGrid(y=True, alpha=0.12)
    return plot


def narrow_axes(plot: pg.PlotWidget) -> None:
    """Leave room for numbers alone at the axes, without ticks."""
    item = plot.getPlotItem()
    item.getAxis("left").setWidth(36)
    item.getAxis("bottom").setHeight(18)
    for side in ("left", "bottom"):
        item.getAxis(side).setStyle(tickLength=0, maxTickLevel=0)


def colour_axes(plot: pg.PlotWidget, palette: QPalette) -> None:
    """Set the axes to the window's colours, with a faint line below and none at the left."""
    plot.setBackground(palette.color(QPalette.ColorRole.Window))
    line, words = QColor(palette.color(QPalette.ColorRole.Text)), QColor(palette.color(QPalette.ColorRole.Text))
    words.setAlpha(150)
    for side, alpha in (("left", 0), ("bottom", 40)):
        line.setAlpha(alpha)
        axis = plot.getPlotItem().getAxis(side)
        axis.setPen(pg.mkPen(line))
        axis.setTextPen(pg.mkPen(words))
