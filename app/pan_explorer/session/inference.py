"""Inference for the chosen image: the compared networks are asked, and the document gets their answers."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from pan_explorer.answering.requests import Question
from pan_explorer.answering.thread import Answering
from pan_explorer.session.document import Document
from pan_explorer.session.surgery import SurgerySession
from pan_explorer.state.answers import Answers
from pan_explorer.state.window import query_among

ASKER = "explore"
TIMEOUT_MS = 150
"""Until this timeout the window keeps the last answers; after it, the new image is shown without answers."""


class Inference(QObject):
    """Keeps the answers in the document up to date with its image, query and networks.

    Args:
        document: The document.
        answering: The inference thread.
        surgery: The attention surgery.

    Attributes:
        first_query: A query to be chosen as soon as it is among the possible queries; empty for none.
    """

    def __init__(self, document: Document, answering: Answering, surgery: SurgerySession) -> None:
        super().__init__(document)
        self.first_query = ""
        self._document = document
        self._answering = answering
        self._surgery = surgery
        answering.answered.connect(self._take)
        self._timeout = QTimer(self, singleShot=True, interval=TIMEOUT_MS)
        self._timeout.timeout.connect(self._show_image_without_answers)

    def ask(self) -> None:
        """Ask the networks again."""
        if question := self._question():
            self._timeout.start()
            self._answering.ask(question)

    def ask_next(self) -> None:
        """Ask the networks after their present answer; for changes that come faster than answers."""
        if question := self._question():
            self._answering.ask_next(question)

    def ask_about(self, query: str) -> None:
        """Ask another query."""
        if query != self._document.state.query:
            self._document.change(query=query)
            self.ask()

    def close(self) -> None:
        """Stop waiting for answers."""
        self._timeout.stop()

    def _question(self) -> Question | None:
        state = self._document.state
        if state.picture is None:
            return None
        return Question(ASKER, state.picture, state.query, state.asked, self._surgery.state.in_force)

    @Slot(object, object)
    def _take(self, answers: Answers, question: Question) -> None:
        if question.asker != ASKER:
            return
        self._timeout.stop()
        state = self._document.state
        layers, queries = answers.layers or state.layers, answers.queries or state.queries
        query = query_among(state.query, queries)
        if query != state.query and self.first_query in queries:  # the networks are of another task
            query = self.first_query
        self._document.change(
            layers=layers, layer=state.layer if state.layer in layers else layers[-1], queries=queries, query=query,
            answers=answers,
        )  # fmt: skip
        if query != answers.query:
            self.ask()

    @Slot()
    def _show_image_without_answers(self) -> None:
        state = self._document.state
        shown, picture = state.answers, state.picture
        if picture and (shown is None or shown.picture is not picture or shown.query != state.query):
            self._document.change(answers=Answers(picture, state.query))
