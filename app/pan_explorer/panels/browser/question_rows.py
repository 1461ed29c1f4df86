"""The rows of the browser: a question with the networks' answers to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen

from pan.evaluation.answer_table import SEPARATOR
from pan_explorer.pictures.thumbnails import Thumbnails
from pan_explorer.state.browser import BrowserState
from pan_explorer.theme import SMALL, ui_font
from pan_explorer.values.view import Model
from pan_explorer.widgets.thumbnail import paint_thumbnail

LEAST_SIDE, GAP = 48, 8
ROOM_FOR_NUMBER = 52
"""Width of a network's answer with its probability, in pixels; with less room, only a mark is drawn."""


class QuestionRows:
    """The rows of the browser.

    Args:
        state: The questions and the answers to them.
        models: The networks whose answers are shown, if known.
        thumbnails: Small images.
    """

    def __init__(self, state: BrowserState, models: Sequence[Model], thumbnails: Thumbnails) -> None:
        self._state = state
        self._models = [model for model in models if model.name in state.evaluated]
        self._thumbnails = thumbnails
        self._line = QFontMetrics(ui_font()).height() + 5
        self._side = max(LEAST_SIDE, 2 * self._line + 6)

    @property
    def height(self) -> int:
        """The height of two lines beside a thumbnail."""
        return self._side + GAP

    def __len__(self) -> int:
        return len(self._state.rows)

    def hint(self, number: int) -> str:
        """The question and its answers as text."""
        state, questions, row = self._state, self._state.questions, int(self._state.rows[number])
        if questions is None:
            return ""
        lines = [f"{state.pictures[questions.image[row]].name}: {questions.query[row]} is {questions.answer[row]}"]
        for model in self._models:
            table = state.tables[model.name]
            tpr = f", TPR {100 * table.tpr[row]:.0f} %" if table.tpr[row] == table.tpr[row] else ""
            lines.append(f"{model.title}: {table.predicted[row]} {100 * table.probability[row]:.0f} %{tpr}")
        return "\n".join(lines)

    def paint(self, painter: QPainter, place: QRectF, number: int, palette: QPalette) -> None:
        """Paint the image, the query, the right answer, and each network's result."""
        state, questions, row = self._state, self._state.questions, int(self._state.rows[number])
        if questions is None:
            return
        picture = state.pictures[questions.image[row]]
        painter.save()
        square = QRectF(place.left(), place.top(), self._side, self._side)
        paint_thumbnail(painter, square, self._thumbnails.of(picture), palette)
        painter.restore()
        left, width = place.left() + self._side + 10, place.width() - self._side - 12
        upper = QRectF(left, place.top() + 3, width, self._line)
        painter.setPen(palette.text().color())
        painter.setFont(ui_font(weight=QFont.Weight.DemiBold))
        number_width = painter.fontMetrics().horizontalAdvance(self._number(row))
        question = painter.fontMetrics().elidedText(f"{questions.query[row]} · {questions.answer[row]}",
                                                    Qt.TextElideMode.ElideRight, int(width) - number_width - 6)
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, question)
        painter.setFont(ui_font(SMALL))
        painter.setPen(palette.placeholderText().color())
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._number(row))
        for nth, model in enumerate(self._models):
            each = width / len(self._models)
            cell = QRectF(left + nth * each, place.top() + self._side - self._line - 3, each, self._line)
            self._paint_answer(painter, cell, model, row, palette)

    def _number(self, row: int) -> str:
        """The sort number of the question, else its scale."""
        state = self._state
        values = state.sorted_by
        if values is None or state.order.key == "scale":
            scale = state.questions.scale[row] if state.questions is not None else float("nan")
            return f"× {scale:.2f}" if scale == scale else ""
        sign = "+" if state.order.key.endswith("gap") else ""
        return f"{100 * values[row]:{sign}.0f} %" if values[row] == values[row] else "–"

    def _paint_answer(self, painter: QPainter, cell: QRectF, model: Model, row: int, palette: QPalette) -> None:
        table, questions = self._state.tables[model.name], self._state.questions
        predicted = str(table.predicted[row])
        right = questions is not None and predicted in str(questions.answer[row]).split(SEPARATOR)
        _paint_mark(painter, QPointF(cell.left() + 6, cell.center().y()), QColor(model.colour), right=right)
        if cell.width() < ROOM_FOR_NUMBER:
            return
        word = f"{100 * table.probability[row]:.0f} %" if right else predicted
        painter.setPen((palette.placeholderText() if right else palette.text()).color())
        text = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(cell.width()) - 18)
        painter.drawText(cell.adjusted(16, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_mark(painter: QPainter, centre: QPointF, colour: QColor, *, right: bool) -> None:
    """Paint a disc for a right answer, a cross for a wrong one."""
    if right:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(centre, 4.5, 4.5)
        return
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for slope in (1, -1):
        painter.drawLine(centre + QPointF(-4, -4 * slope), centre + QPointF(4, 4 * slope))
