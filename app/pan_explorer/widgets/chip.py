"""A checkable button with a coloured dot that can shrink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from pan_explorer.widgets.drag import DragStarter
from pan_explorer.widgets.foreign_words import as_label

ROOM_FOR_DOT = 40
LARGEST_WIDTH = 170


class Chip(QPushButton):
    """Elides its text when it is narrow; the tool tip has the full text.

    It can be dragged by the mouse; `move_wanted` is emitted by Ctrl+← and Ctrl+→, which move it.
    """

    move_wanted = Signal(int)

    def __init__(self, text: str, colour: str, *, name: str) -> None:
        super().__init__(as_label(text))
        self._drag_starter, self._text, self._colour = DragStarter(self, name), text, colour
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setProperty("chip", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMaximumWidth(LARGEST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_checked(self, checked: bool) -> None:
        """Set whether it is checked; the dot is filled if so."""
        self.setChecked(checked)
        self.setIcon(_dot(self._colour, filled=checked))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a click or a drag."""
        self._drag_starter.press(event)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Start a drag; then there is no click."""
        if self._drag_starter.move(event):
            self.setDown(False)
        else:
            super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move it among its neighbours by Ctrl+← and Ctrl+→."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_wanted.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the button with elided text."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - ROOM_FOR_DOT
        option.text = as_label(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room))
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The width of the dot and a few letters."""
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
