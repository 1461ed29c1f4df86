"""The part of the session for the table of answers to all queries about an image."""

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
    """Asks all queries; while the table is shown it follows image, networks and surgery.

    Args:
        answering: The inference thread.
        parent: Owner.

    Attributes:
        rows: The answers to each query; empty until there are answers about the image.
        complete: Whether all queries are asked, or only those whose objects the image is known to show.
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
        """Set `complete`, and ask again."""
        if complete != self.complete:
            self.complete = complete
            self.complete_changed.emit(complete)
            if self._asked is not None:
                self.fill(*self._asked)

    def fill(self, state: State, models: tuple[str, ...], surgeries: Mapping[str, Surgery]) -> None:
        """Ask the networks if the table is shown, otherwise remember the arguments; drop rows of another image."""
        self._asked = state, models, surgeries
        if self.rows and self.rows[0].picture is not state.picture:
            self._show(())
        if state.view == "queries" and state.picture is not None:
            queries = self._queries(state, state.picture)
            self._answering.ask(TableQuestion(ASKER, state.picture, queries, models, surgeries))

    def _queries(self, state: State, picture: Picture) -> tuple[str, ...]:
        return state.queries[:MOST_ASKED] if self.complete else picture.asked_among(state.queries)

    @Slot(object, object)
    def _take(self, rows: tuple[Answers, ...], question: TableQuestion) -> None:
        if question.asker == ASKER:
            self._show(rows)

    def _show(self, rows: tuple[Answers, ...]) -> None:
        self.rows = rows
        self.rows_changed.emit(rows)
