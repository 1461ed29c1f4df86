"""A bar chart of answer probabilities with a mark at the right answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pan_explorer.theme import ui_font
from pan_explorer.widgets.icons import paint_icon

LEAST_WORDS, MOST_WORDS, THICK = 58, 116, 8


class AnswerBars(QWidget):
    """One bar per word, in the given order."""

    def __init__(self) -> None:
        super().__init__()
        self._words: Sequence[str] = ()
        self._values: Sequence[float | None] = ()
        self._right: Collection[str] = ()
        self._colour = QColor()
        self._before: Mapping[str, float] = {}
        self.least_row = QFontMetrics(ui_font()).height() + 4
        """Pixels from one bar to the next, in which its words have room."""
        self._row = self.least_row
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("answers")

    def show_values(
        self, words: Sequence[str], values: Sequence[float | None], right: Collection[str], colour: str
    ) -> None:
        """Show words with their probabilities (None if unknown) and the right answers among them."""
        changed = len(words) != len(self._words)
        self._words, self._values, self._right, self._colour = words, values, right, QColor(colour)
        pairs = zip(words, values, strict=True)
        self.setAccessibleDescription(", ".join(f"{word} {value:.1%}" for word, value in pairs if value is not None))
        if changed:
            self.updateGeometry()
        self.update()

    @property
    def rows(self) -> int:
        """The number of words."""
        return len(self._words)

    def set_row(self, height: int) -> None:
        """Set the height of a row in pixels."""
        if height != self._row:
            self._row = height
            self.updateGeometry()
            self.update()

    def show_before(self, values: Mapping[str, float]) -> None:
        """Show the probabilities before a change as faint marks on the bars; empty for none."""
        self._before = values
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint all rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain, bold = QFont(self.font()), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        mark = metrics.ascent()
        longest = ceil(max(map(QFontMetricsF(bold).horizontalAdvance, self._words), default=0)) + mark + 6
        words = min(max(longest, LEAST_WORDS), MOST_WORDS)
        room = words - mark - 6
        shown = [metrics.elidedText(word, Qt.TextElideMode.ElideRight, room) if longest > MOST_WORDS else word
                 for word in self._words]
        numbers = QFontMetrics(plain).horizontalAdvance("100.0 %") + 10
        self._paint_words(painter, shown, words, plain, bold)
        self._paint_bars(painter, words, self.width() - words - numbers)

    def _paint_words(self, painter: QPainter, shown: Sequence[str], width: int, plain: QFont, bold: QFont) -> None:
        """Paint each word left of its bar, with a mark if it is right, and its percentage at the right."""
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setPen(self.palette().windowText().color())
        for row, (word, text, value) in enumerate(zip(self._words, shown, self._values, strict=True)):
            top = row * self._row
            marked = word in self._right
            painter.setFont(bold if marked else plain)
            painter.drawText(QRectF(0, top, width, self._row), left, text)
            if marked:
                mark, end = painter.fontMetrics().ascent(), painter.fontMetrics().horizontalAdvance(text) + 2
                place = QRectF(end, top + (self._row - mark) / 2, mark, mark)
                paint_icon(painter, place, "arrowhead", self.palette().windowText().color().name())
                painter.setFont(plain)
            number = "–" if value is None else f"{100 * value:.1f} %"
            painter.drawText(QRectF(0, top, self.width(), self._row), right, number)

    def _paint_bars(self, painter: QPainter, left: int, track: int) -> None:
        """Paint the bars on their tracks, and the marks of the probabilities before a change."""
        painter.setPen(Qt.PenStyle.NoPen)
        ground, faint = self.palette().button(), self.palette().placeholderText()
        for row, (word, value) in enumerate(zip(self._words, self._values, strict=True)):
            bar = QRectF(left, row * self._row + (self._row - THICK) / 2, track, THICK)
            painter.setBrush(ground)
            painter.drawRoundedRect(bar, 3, 3)
            if (before := self._before.get(word)) is not None:
                painter.setBrush(faint)
                painter.drawRect(QRectF(left + track * before - 1, bar.top() - 3, 2, THICK + 6))
            if value is not None:
                bar.setWidth(max(1.5, track * value))
                painter.setBrush(self._colour)
                painter.drawRoundedRect(bar, min(3.0, bar.width() / 2), 3)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A row for each word."""
        return QSize(200, self._row * len(self._words))
