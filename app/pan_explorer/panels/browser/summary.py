"""What each network's answers to the set come to: how many are right, where it looks, what it takes for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pan_explorer.panels.browser.confusion import ConfusionDialog
from pan_explorer.session.session import Session
from pan_explorer.state.browser import BrowserState
from pan_explorer.values.view import Model
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.emptying import delete_widgets
from pan_explorer.widgets.labels import Dot, ElidedLabel, quiet

NONE = "–"


class BrowserSummary(QWidget):
    """A row for each shown network that has answered all questions."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[tuple[Model, int], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def show_state(self, state: BrowserState, models: Sequence[Model]) -> None:
        """What is known of these networks."""
        known = [model for model in models if state.evaluated.get(model.name) and state.evaluated[model.name].measures]
        shown = tuple((model, id(state.evaluated[model.name])) for model in known)
        if shown == self._shown:
            return
        self._shown = shown
        self.setVisible(bool(known))
        delete_widgets(self._grid)
        if known:
            self._add_heads(any("mean_average_precision" in _told(state, model) for model in known))
        for row, model in enumerate(known, start=1):
            self._add_row(row, model, _told(state, model))

    def _add_heads(self, several: bool) -> None:
        right, ranked = ("right %", "Share of right answers"), ("mAP %", "Mean average precision over the answers")
        where = ("TPR %", "Share of the attention, all maps together, that lies on the queried object")
        for column, (text, hint) in enumerate((ranked if several else right, where), start=2):
            head = quiet(text)
            head.setToolTip(hint)
            self._grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)

    def _add_row(self, row: int, model: Model, measures: Mapping[str, Any]) -> None:
        title = ElidedLabel(model.title)
        title.setToolTip(model.name)
        merit = measures.get("mean_average_precision", measures.get("accuracy"))
        self._grid.addWidget(Dot(model.colour, 9), row, 0)
        self._grid.addWidget(title, row, 1)
        for column, share in enumerate((merit, measures.get("tpr_accumulated")), start=2):
            self._grid.addWidget(QLabel(NONE if share is None else f"{100 * share:.1f}"), row, column,
                                 Qt.AlignmentFlag.AlignRight)
        if confusion := measures.get("confusion"):
            opening = button("⊞", f"What {model.title} takes for what", name=f"confusion of {model.title}")
            opening.setProperty("narrow", True)
            opening.clicked.connect(lambda: ConfusionDialog(self.window(), self._session, model, confusion).show())
            self._grid.addWidget(opening, row, 4)


def _told(state: BrowserState, model: Model) -> Mapping[str, Any]:
    """The measures that have a value."""
    return {name: value for name, value in state.evaluated[model.name].measures.items() if value is not None}
