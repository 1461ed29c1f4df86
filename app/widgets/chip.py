"""A button with a coloured dot that stays down, and gives way where room is short."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

ROOM_FOR_DOT = 40
LARGEST_WIDTH = 170


class Chip(QPushButton):
    """Shows as much of its text as there is room for; the rest is in its tool tip."""

    def __init__(self, text: str, colour: str, hint: str, *, checked: bool) -> None:
        super().__init__(_dot(colour, filled=checked), text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setToolTip(hint)
        self.setAccessibleName(text)
        self.setProperty("chip", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMaximumWidth(LARGEST_WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """The button as ever, its text shortened."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - ROOM_FOR_DOT
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The dot and a letter or two."""
        return QSize(ROOM_FOR_DOT + 16, super().minimumSizeHint().height())


def _dot(colour: str, *, filled: bool) -> QIcon:
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setWidth(4)
    pen.setColor(QColor(colour))
    painter.setPen(pen)
    painter.setBrush(QColor(colour) if filled else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(7, 7, 18, 18))
    painter.end()
    return QIcon(pixmap)
