"""Painting of marks, pointer ring, inset and caption over an image."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTextOption

from pan_explorer.values.marks import Mark

RING = 8.0
DASH = 5.0
INSET = 0.36
"""Side of the small picture, as a share of the frame's."""
FULL_LINES = 180
"""Frames with a smaller side have thinner lines."""
MARGIN = 8
PADDING = 6
"""Between a caption and the edge of its ground; half of it above and below."""


def paint_mark(painter: QPainter, frame: QRectF, image: QRectF, mark: Mark) -> None:
    """Draw a mark's lines, each over a wider dark line for contrast.

    Args:
        painter: The painter.
        frame: The square that shows the image; it sets the line width.
        image: The rectangle of the whole image.
        mark: Lines relative to the image's side.
    """
    ends = mark.segments * image.width() + (image.left(), image.top())
    lines = [QLineF(*start, *end) for start, end in ends.tolist()]
    thin = min(1.0, max(frame.width() / FULL_LINES, 0.45))
    for colour, width in ((QColor(0, 0, 0, 190), 3.0 * thin), (QColor(mark.colour), 1.3 * thin)):
        pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        if mark.dashed:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([DASH / width, DASH / width])
        painter.setPen(pen)
        painter.drawLines(lines)


def paint_ring(painter: QPainter, centre: QPointF) -> None:
    """Draw a ring around the pixel under the pointer."""
    for colour, width in ((QColor(0, 0, 0, 160), 3.5), (QColor(255, 255, 255), 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(centre, RING, RING)


def paint_inset(painter: QPainter, frame: QRectF, inset: QImage) -> None:
    """Draw an inset at the top right."""
    side = frame.width() * INSET
    box = QRectF(frame.right() - side - MARGIN, frame.top() + MARGIN, side, side)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(box, inset)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255), 1.3))
    painter.drawRect(box)


def paint_caption(painter: QPainter, frame: QRectF, caption: str) -> None:
    """Draw a caption at the bottom left; in a narrow frame, its parts and long words wrap into several lines.

    Of a caption that is higher than the frame, the beginning is shown.
    """
    room = frame.adjusted(MARGIN + PADDING, MARGIN, -MARGIN - PADDING, -MARGIN - PADDING / 2)
    fits = painter.fontMetrics().horizontalAdvance(caption) <= room.width()
    text = caption if fits else caption.replace(" · ", "\n")
    wrapped = QTextOption(Qt.AlignmentFlag.AlignBottom)
    wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # a file's name may be one long word
    if painter.boundingRect(room, text, wrapped).height() > room.height():
        wrapped.setAlignment(Qt.AlignmentFlag.AlignTop)
    lines = painter.boundingRect(room, text, wrapped).intersected(room)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 20, 22, 200))
    painter.drawRoundedRect(lines.adjusted(-PADDING, -PADDING / 2, PADDING, PADDING / 2), 4, 4)
    painter.setPen(QColor(240, 240, 242))
    painter.drawText(room, text, wrapped)
