"""The kinds of labels that the window uses."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

FEW_LETTERS = 40


def heading(text: str) -> QLabel:
    """A group's heading."""
    label = QLabel(text)
    label.setProperty("heading", True)
    return label


def quiet(text: str = "") -> QLabel:
    """A label of secondary text."""
    label = QLabel(text)
    label.setProperty("quiet", True)
    return label


class ElidedLabel(QLabel):
    """A label that elides its text; the tool tip has the full text."""

    def __init__(self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__(text)
        self._mode = mode
        self._room = FEW_LETTERS
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the elided text."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = painter.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), int(self.alignment()), text)

    def set_room(self, room: int) -> None:
        """Set the minimum width in pixels, if the text is that long."""
        self._room = room
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The width of a few letters, or the one set by `set_room`."""
        return QSize(min(self._room, super().sizeHint().width()), super().sizeHint().height())


class Dot(QWidget):
    """A disc of one colour."""

    def __init__(self, colour: str = "", diameter: int = 10) -> None:
        super().__init__()
        self._colour = QColor(colour)
        self._diameter = diameter
        self.setFixedSize(diameter, diameter)

    def show_colour(self, colour: str) -> None:
        """Set the colour; an invalid colour draws nothing."""
        self._colour = QColor(colour) if QColor.isValidColorName(colour) else QColor()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the disc."""
        if self._colour.isValid():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().mid().color())
            painter.setBrush(self._colour)
            inset = 0.5
            painter.drawEllipse(self.rect().toRectF().adjusted(inset, inset, -inset, -inset))
