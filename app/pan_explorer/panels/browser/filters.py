"""The filters and the sort order of a set's questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pan.evaluation.accuracy import scale_edges
from pan.evaluation.answer_selection import KEYS, Key
from pan.evaluation.answer_table import SEPARATOR, QuestionTable
from pan_explorer.session.session import Session
from pan_explorer.state.browser import BrowserState
from pan_explorer.values.view import Model
from pan_explorer.widgets.buttons import icon_button, show_icon
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.labels import Dot, ElidedLabel, quiet
from pan_explorer.widgets.layouts import clear_layout
from pan_explorer.widgets.segmented import Segmented

VERDICTS = (("any", "any"), ("right", "right"), ("wrong", "wrong"))
TITLES: dict[Key, str] = {
    "stored": "as stored", "scale": "scale", "confidence": "confidence", "tpr": "TPR",
    "confidence gap": "gap in confidence", "tpr gap": "gap in TPR",
}  # fmt: skip
ANY = "any"


class BrowserFilters(QWidget):
    """Sets the session's filters and sort order."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._models: tuple[Model, ...] = ()
        self._questions: QuestionTable | None = None
        self._verdicts: dict[str, Segmented] = {}
        self._verdict_grid = QGridLayout()
        self._verdict_grid.setHorizontalSpacing(7)
        self._verdict_grid.setVerticalSpacing(4)
        self._verdict_grid.setColumnStretch(1, 1)
        self._query = Chooser(name="query of the listed questions", hint="List only questions about this")
        self._answer = Chooser(name="true answer", hint="List only questions with this right answer")
        self._predicted = Chooser(name="predicted answer", hint="List only questions with this prediction")
        self._by = Chooser(name="network of the predicted answer", hint="The network of the prediction")
        self._low = Chooser(name="smallest scale", hint="Leave out smaller objects")
        self._high = Chooser(name="largest scale", hint="Leave out larger objects")
        self._part = Chooser(name="part of the set", hint="List only questions of this part")
        self._key = Chooser(name="sort by", hint="Sort the questions by this number")
        for key in KEYS:
            self._key.addItem(TITLES[key], key)
        self._of = Chooser(name="network to sort by", hint="The network of the sort number")
        self._against = Chooser(name="network to compare with", hint="The gap is the first network's minus this one's")
        self._direction = icon_button("descending", "Largest first; click to reverse it",
                                      name="direction of sorting")
        self._direction.setFixedWidth(30)
        self._direction.clicked.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._verdict_grid)
        column.addLayout(self._choosers())
        for chooser in (self._query, self._answer, self._predicted, self._by, self._low, self._high, self._part,
                        self._key, self._of, self._against):  # fmt: skip
            chooser.setMinimumWidth(56)
            chooser.activated.connect(self._choose)

    def _choosers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 3)
        between = (
            ("Query", self._query, "true", self._answer), ("Answer", self._predicted, "by", self._by),
            ("Scale", self._low, "to", self._high),
        )  # fmt: skip
        for row, (head, first, word, second) in enumerate(between):
            grid.addWidget(quiet(head), row, 0)
            grid.addWidget(first, row, 1)
            grid.addWidget(quiet(word), row, 2)
            grid.addWidget(second, row, 3)
        self._of_part = quiet("Part")
        grid.addWidget(self._of_part, 3, 0)
        grid.addWidget(self._part, 3, 1, 1, 3)
        grid.addWidget(quiet("Sort"), 4, 0)
        sort = QHBoxLayout()
        sort.setSpacing(4)
        sort.addWidget(self._key, 1)
        sort.addWidget(self._direction)
        grid.addLayout(sort, 4, 1, 1, 3)
        self._minus = quiet("less")
        grid.addWidget(self._of, 5, 0, 1, 2)
        grid.addWidget(self._minus, 5, 2)
        grid.addWidget(self._against, 5, 3)
        return grid

    def show_state(self, state: BrowserState, models: Sequence[Model]) -> None:
        """Show the current choices."""
        self._offer(state, tuple(models))
        selection, order = state.selection, state.order
        for name, verdict in self._verdicts.items():
            verdict.choose({None: "any", True: "right", False: "wrong"}[selection.right.get(name)])
        self._query.setCurrentIndex(max(0, self._query.findText(selection.query or ANY)))
        self._answer.setCurrentIndex(max(0, self._answer.findText(selection.answer or ANY)))
        self._predicted.setCurrentIndex(max(0, self._predicted.findText(selection.predicted or ANY)))
        if selection.by:
            self._by.setCurrentIndex(self._by.findData(selection.by))
        self._low.setCurrentIndex(max(0, self._low.findData(selection.low or None)))
        self._high.setCurrentIndex(max(0, self._high.findData(selection.high if np.isfinite(selection.high) else None)))
        self._part.setCurrentIndex(max(0, self._part.findText(selection.part or ANY)))
        self._key.setCurrentIndex(KEYS.index(order.key))
        for chooser, name in ((self._of, order.of), (self._against, order.against)):
            if name:
                chooser.setCurrentIndex(chooser.findData(name))
        show_icon(self._direction, "descending" if order.descending else "ascending")
        self._direction.setToolTip(f"{'Largest' if order.descending else 'Smallest'} first; click to reverse it")
        self._direction.setEnabled(order.key != "stored")
        self._of.setVisible(bool(order.networks))
        for widget in (self._minus, self._against):
            widget.setVisible(order.key.endswith("gap"))

    def _offer(self, state: BrowserState, models: tuple[Model, ...]) -> None:
        """Fill the choosers whose entries have changed."""
        questions = state.questions
        if questions is not None and questions is not self._questions:
            self._questions = questions
            queries = np.unique(questions.query).tolist()
            given = np.unique(questions.answer).tolist()
            answers = sorted({word for words in given for word in words.split(SEPARATOR)})
            for chooser, words in ((self._query, queries), (self._answer, answers), (self._predicted, answers)):
                chooser.clear()
                chooser.addItems([ANY, *words])
            self._offer_numbers(questions)
        if models == self._models:
            return
        self._models = models
        for chooser in (self._by, self._of, self._against):
            chooser.clear()
            for model in models:
                chooser.addItem(model.title, model.name)
        self._against.setCurrentIndex(min(1, len(models) - 1))
        self._build_verdicts(models)

    def _offer_numbers(self, questions: QuestionTable) -> None:
        """Fill in the set's bins of scale and its parts; hide the choosers without entries."""
        known = not np.isnan(questions.scale).all()
        edges = scale_edges(questions.scale) if known else ()
        for chooser, ends in ((self._low, edges[:-1]), (self._high, edges[1:])):
            chooser.clear()
            chooser.addItem(ANY, None)
            for edge in ends:
                chooser.addItem(f"{edge:.3g}", edge)
            chooser.setEnabled(known)
        self._part.clear()
        self._part.addItems([ANY, *questions.parts])
        for widget in (self._of_part, self._part):
            widget.setVisible(bool(questions.parts))

    def _build_verdicts(self, models: Sequence[Model]) -> None:
        clear_layout(self._verdict_grid)
        self._verdicts = {}
        for row, model in enumerate(models):
            verdict = Segmented(VERDICTS, name=f"{model.title} is")
            verdict.chosen.connect(self._choose)
            self._verdicts[model.name] = verdict
            title = ElidedLabel(model.title)
            title.setToolTip(model.name)
            for column, widget in enumerate((Dot(model.colour, 9), title, verdict)):
                self._verdict_grid.addWidget(widget, row, column)

    @Slot()
    def _turn(self) -> None:
        state = self._session.browser.state
        order = replace(state.order, descending=not state.order.descending)
        self._session.browser.list_questions(state.selection, order)

    @Slot()
    def _choose(self) -> None:
        state = self._session.browser.state
        right = {name: verdict.chosen_word == "right" for name, verdict in self._verdicts.items()
                 if verdict.chosen_word != "any"}
        predicted = _word(self._predicted)
        selection = replace(
            state.selection, right=right, query=_word(self._query), answer=_word(self._answer), predicted=predicted,
            by=self._by.currentData() or "" if predicted else "",
            low=self._low.currentData() or 0.0, high=self._high.currentData() or np.inf, part=_word(self._part),
        )  # fmt: skip
        key: Key = self._key.currentData()
        order = replace(state.order, key=key, of="", against="")
        if key not in ("stored", "scale"):
            order = replace(order, of=self._of.currentData() or "")
        if key.endswith("gap"):
            order = replace(order, against=self._against.currentData() or "")
        self._session.browser.list_questions(selection, order)


def _word(chooser: Chooser) -> str:
    text = chooser.currentText()
    return "" if text == ANY else text
