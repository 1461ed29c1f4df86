"""A network's accuracy by query, and its confusion matrix; a click on a number lists its questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from pan.evaluation.answer_selection import Order, Selection
from pan_explorer.session.session import Session
from pan_explorer.state.browser import BrowserState
from pan_explorer.values.view import Model
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.foreign_words import as_title
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.opened_dialogs import show_again
from pan_explorer.widgets.scroll_areas import FilledArea
from pan_explorer.widgets.thin_bar import ThinBar
from pan_explorer.widgets.window_size import resize_within_screen

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WIDTH, HEIGHT = 420, 680

MOST_WORDS = 60
"""Largest number of rows; of more queries, those with the most wrong answers."""


def show_answers(window: QWidget, session: Session, model: Model) -> None:
    """Open a network's answers; if they are open already, bring them to the front."""
    if not show_again(window, AnswersDialog, lambda each: each.model.name == model.name and each.isVisible()):
        AnswersDialog(window, session, model).show()


class AnswersDialog(QDialog):
    """Shows the accuracy and the confusions; stays open while the chosen questions are viewed.

    It closes by itself when its numbers no longer hold: another set is opened, the network is no longer compared, or
    its answers are others.

    Args:
        parent: The window.
        session: Lists the chosen questions.
        model: A network that has answered the set's questions.

    Attributes:
        model: The same.
    """

    def __init__(self, parent: QWidget, session: Session, model: Model) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(as_title(f"Answers of {model.title}"))
        self._session, self._browser, self.model = session, session.browser, model
        self._part = session.browser.state.measured
        self._folder = session.browser.state.folder
        self._answers = session.browser.state.evaluated[model.name]
        session.browser.state_changed.connect(self._close_if_outdated)
        session.models_changed.connect(self._close_if_outdated)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(quiet("Right by query. A number lists the errors."))
        inner.addLayout(self._by_query(session.browser.state))
        if confusion := self._answers.measures.get("confusion"):
            inner.addWidget(quiet("Down: the right answer. Across: the network's. A number lists its questions."))
            inner.addLayout(self._confusion(confusion))
        inner.addStretch()
        area = FilledArea(self)
        area.row.addWidget(whole)
        column.addWidget(area, 1)
        wanted = whole.sizeHint()
        resize_within_screen(self, max(wanted.width() + 66, WIDTH), min(wanted.height() + 50, HEIGHT))

    def _by_query(self, state: BrowserState) -> QGridLayout:
        grid = _grid()
        grid.setColumnStretch(1, 1)
        questions = state.questions
        if questions is None:
            return grid
        right = state.tables[self.model.name].right(questions)
        measured = questions.part == self._part if self._part else np.ones(len(questions), bool)
        words, place = np.unique(questions.query[measured], return_inverse=True)
        totals, rights = np.bincount(place), np.bincount(place, right[measured])
        worst = np.sort(np.argsort(rights / totals, kind="stable")[:MOST_WORDS])
        for row, number in enumerate(worst.tolist()):
            word, done, total = str(words[number]), int(rights[number]), int(totals[number])
            bar = ThinBar(6, f"right of {word}")
            bar.show_share(done, total)
            grid.addWidget(_plain(word), row, 0)
            grid.addWidget(bar, row, 1)
            grid.addWidget(QLabel(f"{100 * done / total:.1f} %"), row, 2, RIGHT)
            wrong = Selection({self.model.name: False}, query=word, part=self._part)
            hint = f"List the questions about {word} that are wrong"
            grid.addWidget(self._cell(total - done, f"{word} wrong", hint, wrong), row, 3, RIGHT)
        return grid

    def _confusion(self, confusion: Mapping[str, Any]) -> QGridLayout:
        grid = _grid()
        words, counts = confusion["words"][:MOST_WORDS], confusion["counts"]
        for place, word in enumerate(words):
            grid.addWidget(_plain(word), place + 1, 0)
            grid.addWidget(_plain(word), 0, place + 1, RIGHT)
            for other, count in enumerate(counts[place][:MOST_WORDS]):
                given = words[other]
                selection = Selection(answer=word, predicted=given, by=self.model.name, part=self._part)
                hint = f"List the questions of {word} that are answered {given}"
                cell = self._cell(count, f"{word} answered {given}", hint, selection)
                cell.setProperty("absent", word == given)
                grid.addWidget(cell, place + 1, other + 1, RIGHT)
        return grid

    def _cell(self, count: int, name: str, hint: str, selection: Selection) -> QWidget:
        if not count:
            return quiet("·")
        made = button(f"{count:,}", hint, name=f"{name}: {count}")
        made.setProperty("cell", True)
        made.setAutoDefault(False)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda: self._browser.list_questions(selection, Order("confidence", self.model.name)))
        return made

    @Slot()
    def _close_if_outdated(self) -> None:
        state, name = self._browser.state, self.model.name
        compared = {model.name for model in self._session.state.models}
        if state.folder != self._folder or state.evaluated.get(name) is not self._answers or name not in compared:
            self.close()


def _plain(word: str) -> QLabel:
    return QLabel(word, textFormat=Qt.TextFormat.PlainText)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(2)
    return grid
