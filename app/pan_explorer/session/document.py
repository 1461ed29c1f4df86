"""The state of the window, with a signal for each of its fields."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal

from pan_explorer.session.watched import Watched
from pan_explorer.state.window import State


class Document(Watched):
    """Holds the state; only the parts of the session change it."""

    kind_changed = Signal(object)
    pictures_changed = Signal(object)
    picture_changed = Signal(object)
    folder_changed = Signal(object)
    queries_changed = Signal(object)
    query_changed = Signal(object)
    models_changed = Signal(object)
    shipped_changed = Signal(object)
    answers_changed = Signal(object)
    layers_changed = Signal(object)
    layer_changed = Signal(object)
    display_changed = Signal(object)
    view_changed = Signal(object)
    playing_changed = Signal(object)
    viewport_changed = Signal(object)
    pointer_changed = Signal(object)
    page_changed = Signal(object)

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(state, parent)

    @property
    def state(self) -> State:
        """The present state."""
        return cast("State", self._state)
