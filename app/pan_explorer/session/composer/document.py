"""The state of the composer, with a signal for each of its fields."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal

from pan_explorer.session.watched import Watched
from pan_explorer.state.composer import ComposerState


class ComposerDocument(Watched):
    """Holds the state; only the parts of the composer's session change it."""

    composed_changed = Signal(object)
    selected_changed = Signal(object)
    query_changed = Signal(object)
    kit_changed = Signal(object)
    coming_changed = Signal(object)
    note_changed = Signal(object)
    history_changed = Signal(object)
    answers_changed = Signal(object)
    sweep_changed = Signal(object)
    alone_changed = Signal(object)
    kept_changed = Signal(object)
    folder_changed = Signal(object)
    saving_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(ComposerState(), parent)

    @property
    def state(self) -> ComposerState:
        """The state as it is now."""
        return cast("ComposerState", self._state)
