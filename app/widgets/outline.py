"""The edge of a set of pixels as lines."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform


def outline_path(mask: Bool[np.ndarray, "h w"]) -> QPainterPath:
    """The lines between the mask's pixels and the others, in pixels of the image; what touches the border included."""
    path = QPainterPath()
    padded = np.pad(mask, 1)
    for left, top, right, bottom in _edges(padded):
        path.moveTo(left, top)
        path.lineTo(right, bottom)
    return path


def _edges(padded: Bool[np.ndarray, "h w"]) -> list[tuple[int, int, int, int]]:
    across = padded[1:, 1:-1] != padded[:-1, 1:-1]
    down = padded[1:-1, 1:] != padded[1:-1, :-1]
    lying = [(left, y, right, y) for y, row in enumerate(across) for left, right in _runs(row)]
    standing = [(x, top, x, bottom) for x, column in enumerate(down.T) for top, bottom in _runs(column)]
    return lying + standing


def _runs(line: Bool[np.ndarray, " n"]) -> list[tuple[int, int]]:
    """Where a line is true without a break: first and behind the last."""
    changes = np.flatnonzero(np.diff(np.pad(line, 1).astype(np.int8)))
    return [(int(start), int(end)) for start, end in changes.reshape(-1, 2)]


def paint_outline(painter: QPainter, path: QPainterPath, to_screen: QTransform) -> None:
    """White on black, so that it stands out from any image; as thin at any zoom."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    drawn = to_screen.map(path)
    for colour, width in ((QColor(0, 0, 0, 190), 3.0), (QColor(255, 255, 255), 1.2)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(drawn)
