"""Drag and drop of named widgets within the window."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

MIME_TYPE = "application/x-pan-explorer-model"


def mime_of(name: str) -> QMimeData:
    """The MIME data of a drag that carries a name."""
    mime = QMimeData()
    mime.setData(MIME_TYPE, QByteArray(name.encode()))
    return mime


def name_in(mime: QMimeData) -> str:
    """The name in a drag's MIME data; empty if it holds something else."""
    return bytes(mime.data(MIME_TYPE).data()).decode(errors="replace") if mime.hasFormat(MIME_TYPE) else ""


class DragStarter:
    """Starts a drag once the mouse is pressed and moved far enough.

    Args:
        widget: The dragged widget; the drag shows a picture of it.
        name: The name that the drag carries.
    """

    def __init__(self, widget: QWidget, name: str) -> None:
        self._widget = widget
        self._name = name
        self._from: QPointF | None = None

    def press(self, event: QMouseEvent) -> None:
        """Handle a press of the mouse."""
        self._from = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def move(self, event: QMouseEvent) -> bool:
        """Handle a move of the mouse; True if it started a drag."""
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if (event.position() - self._from).manhattanLength() < QApplication.startDragDistance():
            return False
        grip, self._from = self._from, None
        drag = QDrag(self._widget.window())  # the drop may delete the widget itself
        drag.setMimeData(mime_of(self._name))
        drag.setPixmap(self._widget.grab())
        drag.setHotSpot(grip.toPoint())
        drag.exec(Qt.DropAction.MoveAction)
        return True
