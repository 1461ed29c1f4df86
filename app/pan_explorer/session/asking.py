"""Asks the compared networks about the chosen image, and shows what they answer."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from pan_explorer.answering.requests import Question
from pan_explorer.answering.thread import Answering
from pan_explorer.session.document import Document
from pan_explorer.session.surgery import SurgerySession
from pan_explorer.state.answers import Answers
from pan_explorer.state.window import query_among

ASKER = "explore"
PATIENCE_MS = 150
"""Until then the window keeps the last answers, after that it shows the new image without answers."""


class Asking(QObject):
    """Keeps the document's answers to its image, query and networks.

    Args:
        document: What is asked about.
        answering: The thread that asks the networks.
        surgery: What is changed in them.

    Attributes:
        first_query: Asked as soon as the words are known that have it; empty for a query that the image has.
    """

    def __init__(self, document: Document, answering: Answering, surgery: SurgerySession) -> None:
        super().__init__(document)
        self.first_query = ""
        self._document = document
        self._answering = answering
        self._surgery = surgery
        answering.answered.connect(self._take)
        self._impatience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._impatience.timeout.connect(self._show_that_answers_are_awaited)

    def ask(self) -> None:
        """Ask the networks again."""
        if question := self._question():
            self._impatience.start()
            self._answering.ask(question)

    def ask_next(self) -> None:
        """Ask them as soon as they have answered; for what changes faster than they answer."""
        if question := self._question():
            self._answering.ask_next(question)

    def ask_about(self, query: str) -> None:
        """Ask them something else."""
        if query != self._document.state.query:
            self._document.change(query=query)
            self.ask()

    def close(self) -> None:
        """Stop waiting for answers."""
        self._impatience.stop()

    def _question(self) -> Question | None:
        state = self._document.state
        if state.picture is None:
            return None
        return Question(ASKER, state.picture, state.query, state.asked, self._surgery.state.in_force)

    @Slot(object, object)
    def _take(self, answers: Answers, question: Question) -> None:
        if question.asker != ASKER:
            return
        self._impatience.stop()
        state = self._document.state
        layers, queries = answers.layers or state.layers, answers.queries or state.queries
        query = query_among(state.query, queries)
        if query != state.query and self.first_query in queries:  # the answers are of another task
            query = self.first_query
        self._document.change(
            layers=layers, layer=state.layer if state.layer in layers else layers[-1], queries=queries, query=query,
            answers=answers,
        )  # fmt: skip
        if query != answers.query:
            self.ask()

    @Slot()
    def _show_that_answers_are_awaited(self) -> None:
        state = self._document.state
        shown, picture = state.answers, state.picture
        if picture and (shown is None or shown.picture is not picture or shown.query != state.query):
            self._document.change(answers=Answers(picture, state.query))
