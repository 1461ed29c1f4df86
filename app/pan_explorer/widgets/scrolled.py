"""Room for what may grow larger than its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QWidget


class ScrolledArea(QScrollArea):
    """Tells how much is seen of what it holds whenever that changes."""

    resized = Signal(QSize)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Its place has another size."""
        super().resizeEvent(event)
        self.resized.emit(self.viewport().size())


class _Column(ScrolledArea):
    """Scrolls up and down, and is never narrower than what it holds."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        least, held = super().minimumSizeHint(), self.widget()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), held.minimumSizeHint().width() + bar if held else 0), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(widget: QWidget, *, along: Qt.Orientation) -> ScrolledArea:
    """The widget in an area that scrolls along one direction alone."""
    area = ScrolledArea() if along == Qt.Orientation.Horizontal else _Column()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if along == Qt.Orientation.Horizontal:
        area.setVerticalScrollBarPolicy(off)
        # A bar that comes and goes takes height, by which panes are laid out: Qt would resize them for ever.
        area.setHorizontalScrollBar(KeptBar(along))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    else:
        area.setHorizontalScrollBarPolicy(off)
    area.setWidget(widget)
    return area


class FilledArea(QScrollArea):
    """A row of widgets that fills its place; where that is too small, it scrolls both ways.

    Attributes:
        row: Holds the widgets.
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


class KeptBar(QScrollBar):
    """Keeps its place, and is seen where there is something to scroll to."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Nothing where there is nothing to scroll to."""
        if self.minimum() < self.maximum():
            super().paintEvent(event)
