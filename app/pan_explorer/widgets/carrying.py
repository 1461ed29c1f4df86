"""Things with a name that are carried by the mouse from one place of the window to another."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

KIND = "application/x-pan-explorer-model"


def carried(name: str) -> QMimeData:
    """What is carried for a name."""
    mime = QMimeData()
    mime.setData(KIND, QByteArray(name.encode()))
    return mime


def name_in(mime: QMimeData) -> str:
    """The name that is carried, empty if something else is."""
    return bytes(mime.data(KIND).data()).decode(errors="replace") if mime.hasFormat(KIND) else ""


class Carrier:
    """Begins to carry once the mouse was pressed and moved far enough.

    Args:
        widget: What is carried, as a picture.
        name: What it is called.
    """

    def __init__(self, widget: QWidget, name: str) -> None:
        self._widget = widget
        self._name = name
        self._from: QPointF | None = None

    def press(self, event: QMouseEvent) -> None:
        """The mouse was pressed."""
        self._from = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def move(self, event: QMouseEvent) -> bool:
        """The mouse was moved; True if something was carried away by that."""
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if (event.position() - self._from).manhattanLength() < QApplication.startDragDistance():
            return False
        grip, self._from = self._from, None
        drag = QDrag(self._widget.window())  # the widget itself may be gone once it is dropped
        drag.setMimeData(carried(self._name))
        drag.setPixmap(self._widget.grab())
        drag.setHotSpot(grip.toPoint())
        drag.exec(Qt.DropAction.MoveAction)
        return True
