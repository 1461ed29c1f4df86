"""A small picture that is clicked, or pulled out of its place by hand."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from pan_explorer.widgets.pixels import to_image


class Tile(QPushButton):
    """Stays down when it is clicked; `pulled`, `carried` and `put_down` tell places of the screen."""

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
        """The picture."""
        self.setIcon(QIcon(QPixmap.fromImage(to_image(rgba))))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a click, or a pull."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.globalPosition()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pull, as soon as the hand has moved far enough to mean it."""
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
        """Put down, or a click."""
        self._from = None
        if self._carrying:
            self._carrying = False
            self.put_down.emit(event.globalPosition())
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return chooses without a hand on the mouse."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
