"""Which answers a network gave for which; a number lists its questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from pan.evaluation.answer_selection import Order, Selection
from pan_explorer.session.session import Session
from pan_explorer.values.view import Model
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.scrolled import scrolled


class ConfusionDialog(QDialog):
    """A row for each right answer, a column for each that was given; stays open while its questions are looked at.

    Args:
        parent: The window.
        session: Lists the questions.
        model: The network.
        confusion: Words, and counts by right and by given answer.
    """

    def __init__(self, parent: QWidget, session: Session, model: Model, confusion: Mapping[str, Any]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"What {model.title} takes for what")
        self._browser, self._model = session.browser, model
        words, counts = confusion["words"], confusion["counts"]
        table = QWidget()
        grid = QGridLayout(table)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place, word in enumerate(words):
            grid.addWidget(QLabel(word), place + 1, 0)
            grid.addWidget(QLabel(word), 0, place + 1, right)
            for other, count in enumerate(counts[place]):
                grid.addWidget(self._cell(word, words[other], count), place + 1, other + 1, right)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(quiet("Down: the right answer. Across: the network's. A number lists its questions."))
        column.addWidget(scrolled(table, along=Qt.Orientation.Vertical), 1)
        self.resize(max(table.sizeHint().width() + 60, 420), min(table.sizeHint().height() + 90, 640))

    def _cell(self, answer: str, predicted: str, count: int) -> QWidget:
        if not count:
            return quiet("·")
        made = button(f"{count:,}", f"List the questions of {answer} that are answered {predicted}",
                      name=f"{answer} answered {predicted}: {count}")
        made.setProperty("cell", True)
        made.setProperty("absent", answer == predicted)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        selection = Selection(answer=answer, predicted=predicted, by=self._model.name)
        made.clicked.connect(lambda: self._browser.want(selection, Order("confidence", self._model.name)))
        return made
