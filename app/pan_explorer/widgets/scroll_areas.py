"""Scroll areas for content that may be larger than its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QWidget


class ScrolledArea(QScrollArea):
    """A scroll area that emits a signal when it is resized."""

    resized = Signal(QSize)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Emit the new size."""
        super().resizeEvent(event)
        self.resized.emit(self.viewport().size())


class _Column(ScrolledArea):
    """A vertical scroll area, never narrower than its content."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        least, held = super().minimumSizeHint(), self.widget()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), held.minimumSizeHint().width() + bar if held else 0), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(widget: QWidget, *, along: Qt.Orientation) -> ScrolledArea:
    """Put a widget into an area that scrolls in one direction."""
    area = ScrolledArea() if along == Qt.Orientation.Horizontal else _Column()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if along == Qt.Orientation.Horizontal:
        area.setVerticalScrollBarPolicy(off)
        # The layout depends on the height; a scroll bar that appears and disappears would cause endless resizing.
        area.setHorizontalScrollBar(StableScrollBar(along))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    else:
        area.setHorizontalScrollBarPolicy(off)
    area.setWidget(widget)
    return area


class FilledArea(QScrollArea):
    """A row of widgets that fills its place, and scrolls in both directions if that is too small.

    Attributes:
        row: The layout of the widgets.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        filled = QWidget(self.viewport())
        self.row = QHBoxLayout(filled)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.setWidget(filled)


class StableScrollBar(QScrollBar):
    """A scroll bar that always takes its place, and is visible only if there is something to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the bar only if there is something to scroll."""
        if self.minimum() < self.maximum():
            super().paintEvent(event)
