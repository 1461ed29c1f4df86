"""A button with an image that can be clicked or dragged."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from pan_explorer.widgets.pixels import to_image


class Tile(QPushButton):
    """Checkable; the signals of a drag carry the position of the mouse on the screen."""

    drag_started = Signal(QPointF)
    drag_moved = Signal(QPointF)
    drag_ended = Signal(QPointF)
    return_pressed = Signal()  # by the Return key

    def __init__(self, name: str, hint: str, side: int) -> None:
        super().__init__()
        self._from: QPointF | None = None
        self._dragging = False
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(hint)
        self.setProperty("tile", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(side, side)
        self.setIconSize(QSize(side - 8, side - 8))

    def show_image(self, rgba: UInt8[np.ndarray, "h w 4"]) -> None:
        """Show an image."""
        self.setIcon(QIcon(QPixmap.fromImage(to_image(rgba))))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a click or a drag."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.globalPosition()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag, once the mouse has moved far enough."""
        if self._from is None:
            return
        if not self._dragging:
            if (event.globalPosition() - self._from).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = True
            self.setDown(False)
            self.drag_started.emit(event.globalPosition())
        self.drag_moved.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End a drag, or click."""
        self._from = None
        if self._dragging:
            self._dragging = False
            self.drag_ended.emit(event.globalPosition())
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return chooses the tile."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.return_pressed.emit()
        else:
            super().keyPressEvent(event)
