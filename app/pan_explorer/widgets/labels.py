"""The kinds of labels that the window uses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

FEW_LETTERS = 40


def heading(text: str) -> QLabel:
    """A group's heading, in plain text."""
    label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("heading", True)
    return label


def quiet(text: str = "") -> QLabel:
    """A label of secondary text, in plain text."""
    label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("quiet", True)
    return label


class ElidedLabel(QLabel):
    """A label of plain text that it elides; its tool tip is plain text, by default the full text if that is elided."""

    def __init__(self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__(text)
        self._mode = mode
        self._room = FEW_LETTERS
        self.setTextFormat(Qt.TextFormat.PlainText)  # it is painted so; its size must be that of what is painted
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the elided text."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), self._elided())

    def event(self, event: QEvent) -> bool:
        """Show the tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = self.toolTip() or (self.text() if self._elided() != self.text() else "")
            if tip:
                QToolTip.showText(event.globalPos(), Qt.convertFromPlainText(tip), self)
                return True
        return super().event(event)

    def set_room(self, room: int) -> None:
        """Set the minimum width in pixels, if the text is that long."""
        self._room = room
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The width of a few letters, or the one set by `set_room`."""
        return QSize(min(self._room, super().sizeHint().width()), super().sizeHint().height())

    def _elided(self) -> str:
        return self.fontMetrics().elidedText(self.text(), self._mode, self.width())


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
