"""The part of the window's document that says which networks are compared."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from pan_explorer.answering.requests import Loading
from pan_explorer.answering.thread import Answering
from pan_explorer.session.asking import Asking
from pan_explorer.session.document import Document
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
        answering.loaded.connect(self._take)

    def add(self, name: str) -> None:
        """Compare another checkpoint too, once it is known to be usable."""
        if name not in (model.name for model in self._document.state.models):
            self._answering.request(Loading(name))

    def remove(self, name: str) -> None:
        """Compare a checkpoint no longer."""
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
        """Take in that a checkpoint is called something else now."""
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
        self._document.change(models=with_model(self._document.state.models, name, network))
        self._asking.ask()
