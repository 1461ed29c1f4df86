"""Room for what may grow larger than its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(widget: QWidget, *, along: Qt.Orientation) -> QScrollArea:
    """The widget in an area that scrolls along one direction alone."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if along == Qt.Orientation.Horizontal:
        area.setVerticalScrollBarPolicy(off)
        # A bar that comes and goes takes height, by which panes are laid out: Qt would resize them for ever.
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    else:
        area.setHorizontalScrollBarPolicy(off)
    area.setWidget(widget)
    return area
