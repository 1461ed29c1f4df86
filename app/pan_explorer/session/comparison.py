"""The part of the window's document for the compared networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from pan_explorer.answering.requests import Loading
from pan_explorer.answering.thread import Answering
from pan_explorer.session.asking import Asking
from pan_explorer.session.document import Document
from pan_explorer.state.answers import Answers
from pan_explorer.state.compared import moved, renamed, toggled, with_model, without_model


class ComparisonSession(QObject):
    """Adds and removes networks, orders and hides them.

    Args:
        document: Whose networks they are.
        answering: The thread that loads networks.
        asking: Asks them.
    """

    def __init__(self, document: Document, answering: Answering, asking: Asking) -> None:
        super().__init__(document)
        self._document = document
        self._answering = answering
        self._asking = asking
        self._judges, self._added = False, ""
        self._stepped_back: frozenset[str] = frozenset()
        answering.loaded.connect(self._take)
        document.queries_changed.connect(self._come_forward)
        document.answers_changed.connect(self._step_back)

    def add(self, name: str) -> None:
        """Add a checkpoint, once it has been loaded."""
        if name not in (model.name for model in self._document.state.models):
            self._answering.request(Loading(name))

    def remove(self, name: str) -> None:
        """Remove a checkpoint."""
        self._document.change(models=without_model(self._document.state.models, name))
        self._asking.ask()

    def move(self, name: str, place: int) -> None:
        """Put a checkpoint at another place in the order of the panes."""
        self._document.change(models=moved(self._document.state.models, name, place))

    def toggle(self, name: str) -> None:
        """Hide a checkpoint's pane, or show it again."""
        self._document.change(models=toggled(self._document.state.models, name))
        self._asking.ask()

    def rename(self, old: str, new: str) -> None:
        """Follow a checkpoint that has another name now."""
        self._document.change(models=renamed(self._document.state.models, old, new))
        self._asking.ask()

    @Slot(object)
    def add_run(self, run: Path) -> None:
        """Compare a run's network; one that was resumed has new weights."""
        if str(run) in (model.name for model in self._document.state.models):
            self._asking.ask()
        else:
            self.add(str(run))

    @Slot(str, str)
    def _take(self, name: str, network: str) -> None:
        self._judges, self._added = True, name
        self._document.change(models=with_model(self._document.state.models, name, network))
        self._asking.ask()

    @Slot()
    def _come_forward(self) -> None:
        """Show the networks again that were hidden because they did not know the words of the last set."""
        self._judges = True
        models, names = self._document.state.models, self._stepped_back
        self._stepped_back = frozenset()
        hidden = {model.name for model in models if model.name in names and not model.shown}
        if hidden:
            self._document.change(models=tuple(replace(model, shown=model.shown or model.name in hidden)
                                               for model in models))
            self._asking.ask()

    @Slot(object)
    def _step_back(self, answers: Answers) -> None:
        """Hide networks that do not know the words of the set, if others do.

        This happens once for each set and once for each added network; a network that a person shows again stays.
        """
        state = self._document.state
        if not self._judges or {pane.model for pane in answers.panes} != set(state.asked):
            return
        self._judges, added, self._added = False, self._added, ""
        silent = {pane.model for pane in answers.panes
                  if pane.queries and answers.query not in pane.queries and pane.model != added}
        if answers.picture.queries and silent and any(pane.reading for pane in answers.panes):
            self._stepped_back |= silent
            models = [replace(model, shown=False) if model.name in silent else model for model in state.models]
            self._document.change(models=tuple(sorted(models, key=lambda model: model.name in silent)))
            self._asking.ask()
