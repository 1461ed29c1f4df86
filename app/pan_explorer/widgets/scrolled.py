"""Room for what may grow larger than its place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget


class ScrolledArea(QScrollArea):
    """Tells how much is seen of what it holds whenever that changes."""

    resized = Signal(QSize)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Its place has another size."""
        super().resizeEvent(event)
        self.resized.emit(self.viewport().size())


def scrolled(widget: QWidget, *, along: Qt.Orientation) -> ScrolledArea:
    """The widget in an area that scrolls along one direction alone."""
    area = ScrolledArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if along == Qt.Orientation.Horizontal:
        area.setVerticalScrollBarPolicy(off)
        # A bar that comes and goes takes height, by which panes are laid out: Qt would resize them for ever.
        area.setHorizontalScrollBar(_KeptBar(along))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    else:
        area.setHorizontalScrollBarPolicy(off)
    area.setWidget(widget)
    return area


class _KeptBar(QScrollBar):
    """Keeps its place, and is seen where there is something to scroll to."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self.minimum() < self.maximum():
            super().paintEvent(event)
