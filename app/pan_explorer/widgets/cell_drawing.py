"""Drawing of a grid of cells over an image, and of the brush."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from pan_explorer.widgets.brush import Cell, Grid

LINES = QColor(255, 255, 255, 46)
SHADE = QColor(0, 0, 0, 190)


def draw_grid(painter: QPainter, placed: QRectF, grid: Grid) -> None:
    """Draw the lines between the cells."""
    cell = _cell(placed, grid, (0, 0))
    rows = [placed.top() + row * cell.height() for row in range(grid.rows + 1)]
    columns = [placed.left() + column * cell.width() for column in range(grid.columns + 1)]
    painter.setPen(QPen(LINES, 0))
    painter.drawLines([QLineF(placed.left(), y, placed.right(), y) for y in rows])
    painter.drawLines([QLineF(x, placed.top(), x, placed.bottom()) for x in columns])


def draw_brush(painter: QPainter, placed: QRectF, grid: Grid, cells: Collection[Cell], colour: QColor) -> None:
    """Draw an outline around the brush's cells that is visible on any image."""
    outline = QPainterPath()
    for cell in cells:
        outline.addRect(_cell(placed, grid, cell))
    outline = outline.simplified()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for each, thick in ((SHADE, 4.0), (colour, 2.0)):
        painter.strokePath(outline, QPen(each, thick))


def _cell(placed: QRectF, grid: Grid, cell: Cell) -> QRectF:
    width, height = placed.width() / grid.columns, placed.height() / grid.rows
    return QRectF(placed.left() + cell[1] * width, placed.top() + cell[0] * height, width, height)
