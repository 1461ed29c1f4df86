"""The part of the session for the compared networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from pan_explorer.answering.requests import Loading
from pan_explorer.answering.thread import Answering
from pan_explorer.session.document import Document
from pan_explorer.session.inference import Inference
from pan_explorer.state.answers import Answers
from pan_explorer.state.compared import moved, renamed, toggled, with_model, without_model


class ComparisonSession(QObject):
    """Adds, removes, orders, shows and hides networks.

    Args:
        document: The document.
        answering: The inference thread, which loads networks.
        inference: Asks the networks.
    """

    def __init__(self, document: Document, answering: Answering, inference: Inference) -> None:
        super().__init__(document)
        self._document = document
        self._answering = answering
        self._inference = inference
        self._may_hide, self._added = False, ""
        self._hidden_unable: frozenset[str] = frozenset()
        answering.loaded.connect(self._take)
        document.queries_changed.connect(self._show_again)
        document.answers_changed.connect(self._hide_unable)

    def add(self, name: str) -> None:
        """Load a checkpoint and add it."""
        if name not in (model.name for model in self._document.state.models):
            self._answering.request(Loading(name))

    def remove(self, name: str) -> None:
        """Remove a checkpoint."""
        self._document.change(models=without_model(self._document.state.models, name))
        self._inference.ask()

    def move(self, name: str, place: int) -> None:
        """Move a checkpoint to another index in the order of panes."""
        self._document.change(models=moved(self._document.state.models, name, place))

    def toggle(self, name: str) -> None:
        """Show or hide a checkpoint's pane."""
        self._document.change(models=toggled(self._document.state.models, name))
        self._inference.ask()

    def rename(self, old: str, new: str) -> None:
        """Give a compared checkpoint its new name."""
        self._document.change(models=renamed(self._document.state.models, old, new))
        self._inference.ask()

    @Slot(object)
    def add_run(self, run: Path) -> None:
        """Add a run's network; if it is compared already, ask again, for its weights have changed."""
        if str(run) in (model.name for model in self._document.state.models):
            self._inference.ask()
        else:
            self.add(str(run))

    @Slot(str, str)
    def _take(self, name: str, network: str) -> None:
        self._may_hide, self._added = True, name
        self._document.change(models=with_model(self._document.state.models, name, network))
        self._inference.ask()

    @Slot()
    def _show_again(self) -> None:
        """Show the networks again that `_hide_unable` had hidden for the last set."""
        self._may_hide = True
        models, names = self._document.state.models, self._hidden_unable
        self._hidden_unable = frozenset()
        hidden = {model.name for model in models if model.name in names and not model.shown}
        if hidden:
            self._document.change(models=tuple(replace(model, shown=model.shown or model.name in hidden)
                                               for model in models))
            self._inference.ask()

    @Slot(object)
    def _hide_unable(self, answers: Answers) -> None:
        """Hide networks that do not know the queries of the set, if others do.

        This happens once per set and once per added network; a network that the user shows again stays visible.
        """
        state = self._document.state
        if not self._may_hide or {pane.model for pane in answers.panes} != set(state.asked):
            return
        self._may_hide, added, self._added = False, self._added, ""
        silent = {pane.model for pane in answers.panes
                  if pane.queries and answers.query not in pane.queries and pane.model != added}
        if answers.picture.queries and silent and any(pane.reading for pane in answers.panes):
            self._hidden_unable |= silent
            models = [replace(model, shown=False) if model.name in silent else model for model in state.models]
            self._document.change(models=tuple(sorted(models, key=lambda model: model.name in silent)))
            self._inference.ask()
