"""A button with an image that can be clicked or dragged."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from pan_explorer.widgets.pixels import to_image


class Tile(QPushButton):
    """Checkable; `pulled`, `carried` and `put_down` carry the screen position at start, move and end of a drag."""

    pulled = Signal(QPointF)
    carried = Signal(QPointF)
    put_down = Signal(QPointF)
    entered = Signal()  # by the Return key

    def __init__(self, name: str, hint: str, side: int) -> None:
        super().__init__()
        self._from: QPointF | None = None
        self._carrying = False
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
        if not self._carrying:
            if (event.globalPosition() - self._from).manhattanLength() < QApplication.startDragDistance():
                return
            self._carrying = True
            self.setDown(False)
            self.pulled.emit(event.globalPosition())
        self.carried.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End a drag, or click."""
        self._from = None
        if self._carrying:
            self._carrying = False
            self.put_down.emit(event.globalPosition())
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return chooses the tile."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
