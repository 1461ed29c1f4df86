"""A slider with a few named positions, drawn as a row of words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

INSET, AIR, LEAST_AIR, LEAST_WIDTH = 3, 22, 9, 60


class StepSlider(QSlider):
    """Has the mouse, wheel and keys of a slider."""

    def __init__(self, words: Sequence[str], *, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._words: Sequence[str] = ()
        self.setPageStep(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setToolTip(f"The {name} that is shown: ← and → step, Home and End go to the ends")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_words(words)

    def set_words(self, words: Sequence[str]) -> None:
        """Replace the stops, without a signal if that changes the value."""
        self._words = words
        with QSignalBlocker(self):
            self.setRange(0, len(words) - 1)
        self.setMinimumWidth(self._width(LEAST_AIR, 0))
        self.setMaximumSize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def _width(self, air: int, least: int) -> int:
        longest = max(self.fontMetrics().horizontalAdvance(word) for word in self._words)
        return len(self._words) * max(longest + air, least) + 2 * INSET

    def _stop_at(self, x: float) -> int:
        return min(max(int(x / self.width() * len(self._words)), 0), self.maximum())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the track, the chosen stop and all words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().highlight().color() if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().button())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        width = (self.width() - 2 * INSET) / len(self._words)
        for number, word in enumerate(self._words):
            box = QRectF(INSET + number * width, INSET, width, self.height() - 2 * INSET)
            chosen = number == self.value()
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.palette().highlight())
                painter.drawRoundedRect(box, 5, 5)
            painter.setPen((self.palette().highlightedText() if chosen else self.palette().windowText()).color())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go to the clicked stop."""
        self.setValue(self._stop_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go to the stop under the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(self._stop_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Do nothing; press and move have set the stop."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """The width of the longest word at each stop."""
        return QSize(self._width(AIR, LEAST_WIDTH), self.fontMetrics().height() + 15)
