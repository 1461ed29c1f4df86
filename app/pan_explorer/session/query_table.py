"""The part of the window's document that holds the answers to all queries about an image."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from pan.attention.surgery import Surgery
from pan_explorer.answering.requests import TableQuestion
from pan_explorer.answering.thread import Answering
from pan_explorer.pictures.picture import MOST_ASKED, Picture
from pan_explorer.state.answers import Answers
from pan_explorer.state.window import State

ASKER = "table"


class QueryTable(QObject):
    """Asks again whenever image, networks or surgery change while the table is shown.

    Args:
        answering: The thread that asks the networks.
        parent: Owner.
    """

    rows_changed = Signal(object)  # tuple[Answers, ...]
    complete_changed = Signal(bool)

    def __init__(self, answering: Answering, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Answers, ...] = ()
        self.complete = False
        self._answering = answering
        self._asked: tuple[State, tuple[str, ...], Mapping[str, Surgery]] | None = None
        answering.tabled.connect(self._take)

    def show_complete(self, complete: bool) -> None:
        """Ask all queries, or only those that the image is known to have."""
        if complete != self.complete:
            self.complete = complete
            self.complete_changed.emit(complete)
            if self._asked is not None:
                self.fill(*self._asked)

    def fill(self, state: State, models: tuple[str, ...], surgeries: Mapping[str, Surgery]) -> None:
        """Ask the networks, if the table is shown."""
        self._asked = state, models, surgeries
        if state.view == "queries" and state.picture is not None:
            queries = self._queries(state, state.picture)
            self._answering.ask(TableQuestion(ASKER, state.picture, queries, models, surgeries))

    def _queries(self, state: State, picture: Picture) -> tuple[str, ...]:
        return state.queries[:MOST_ASKED] if self.complete else picture.asked_among(state.queries)

    @Slot(object, object)
    def _take(self, rows: tuple[Answers, ...], question: TableQuestion) -> None:
        if question.asker == ASKER:
            self.rows = rows
            self.rows_changed.emit(rows)
