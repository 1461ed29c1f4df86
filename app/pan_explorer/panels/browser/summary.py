"""The summary of the evaluated set: each network's accuracy and attention, and a link to its confusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from pan_explorer.panels.browser.answers import show_answers
from pan_explorer.session.session import Session
from pan_explorer.state.browser import BrowserState
from pan_explorer.values.view import Model
from pan_explorer.widgets.buttons import icon_button
from pan_explorer.widgets.labels import Dot, ElidedLabel, quiet
from pan_explorer.widgets.layouts import clear_layout

NONE = "–"


class BrowserSummary(QWidget):
    """A row for each shown network that has answered all questions."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[object, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._note = quiet()
        self._note.setWordWrap(True)
        self._note.setToolTip("Each query's most frequent answer, without the image; "
                              "at most, each image's most frequent answer, any query")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self._note)
        self.hide()

    def show_state(self, state: BrowserState, models: Sequence[Model]) -> None:
        """Show the measures of these networks."""
        known = [model for model in models if state.evaluated.get(model.name) and state.evaluated[model.name].measures]
        shown = (state.guesses, *((model, id(state.evaluated[model.name])) for model in known))
        if shown == self._shown:
            return
        self._shown = shown
        self.setVisible(bool(known))
        clear_layout(self._grid)
        if known:
            self._add_heads(any("mean_average_precision" in _measures(state, model) for model in known))
        for row, model in enumerate(known, start=1):
            self._add_row(row, model, state)
        self._note.setText(_note(state, known))

    def _add_heads(self, several: bool) -> None:
        right, ranked = ("right", "Share of right answers"), ("mAP", "Mean average precision over the answers")
        where = ("TPR", "Share of the accumulated attention on the queried object")
        covers = ("PxAP", "Pixel average precision of the attention on the object")
        self._grid.addWidget(quiet("in %"), 0, 1)  # said once: the names need the room
        for column, (text, hint) in enumerate((ranked if several else right, where, covers), start=2):
            head = quiet(text)
            head.setToolTip(hint)
            self._grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)

    def _add_row(self, row: int, model: Model, state: BrowserState) -> None:
        measures = _measures(state, model)
        title = ElidedLabel(model.title)
        title.setToolTip(model.name)
        merit = measures.get("mean_average_precision", measures.get("accuracy"))
        self._grid.addWidget(Dot(model.colour, 9), row, 0)
        self._grid.addWidget(title, row, 1)
        for column, share in enumerate((merit, measures.get("tpr_accumulated"), measures.get("pxap")), start=2):
            self._grid.addWidget(QLabel(NONE if share is None else f"{100 * share:.1f}"), row, column,
                                 Qt.AlignmentFlag.AlignRight)
        opening = icon_button("table", f"Accuracy by query and confusions of {model.title}",
                              name=f"answers of {model.title}")
        opening.setProperty("narrow", True)
        opening.clicked.connect(lambda: show_answers(self.window(), self._session, model))
        self._grid.addWidget(opening, row, 5)


def _note(state: BrowserState, known: Sequence[Model]) -> str:
    """The number of questions, and the score of guesses on them."""
    counts = {_measures(state, model).get("examples") for model in known}
    of = " ".join(f"{count:,}" for count in counts if count is not None)
    asked = f"{of} questions, {f'part {state.measured}' if state.measured else 'all'}."
    if state.guesses is None:
        return asked
    blind, deaf = (f"{100 * share:.0f} %" for share in state.guesses)
    return f"{asked} Guessing: {blind} by the query, {deaf} by the image."


def _measures(state: BrowserState, model: Model) -> Mapping[str, Any]:
    """The measures that have a value."""
    return {name: value for name, value in state.evaluated[model.name].measures.items() if value is not None}
