"""Labels in the few manners the window uses."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

FEW_LETTERS = 40


def heading(text: str) -> QLabel:
    """Names a group."""
    label = QLabel(text)
    label.setProperty("heading", True)
    return label


def quiet(text: str = "") -> QLabel:
    """Says something in the background."""
    label = QLabel(text)
    label.setProperty("quiet", True)
    return label


class ElidedLabel(QLabel):
    """A label that gives way; what does not fit is in its tool tip."""

    def __init__(self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__(text)
        self._mode = mode
        self._room = FEW_LETTERS
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """As much of the text as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = painter.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), int(self.alignment()), text)

    def set_room(self, room: int) -> None:
        """Keep so many pixels, if the text is that long."""
        self._room = room
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a few letters, or as much as was asked for."""
        return QSize(min(self._room, super().sizeHint().width()), super().sizeHint().height())


class Dot(QWidget):
    """A disc of one colour."""

    def __init__(self, colour: str = "", diameter: int = 10) -> None:
        super().__init__()
        self._colour = QColor(colour)
        self._diameter = diameter
        self.setFixedSize(diameter, diameter)

    def show_colour(self, colour: str) -> None:
        """Another colour; nothing is drawn for what is no colour."""
        self._colour = QColor(colour) if QColor.isValidColorName(colour) else QColor()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """The disc."""
        if self._colour.isValid():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().mid().color())
            painter.setBrush(self._colour)
            inset = 0.5
            painter.drawEllipse(self.rect().toRectF().adjusted(inset, inset, -inset, -inset))
