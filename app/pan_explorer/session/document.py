"""The state of the window as something that can be watched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from pan_explorer.state.window import State


class Document(QObject):
    """Holds the state, which only the parts of the session change, and tells each change.

    A signal `NAME_changed` carries the new value of the state's field of that name.
    """

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
        super().__init__(parent)
        self._state = state

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self._state

    def change(self, **fields: Any) -> None:  # noqa: ANN401 - each field has a type of its own
        """Give fields other values; those that are equal to what they were stay the same objects and are not told."""
        changed = {name: value for name, value in fields.items() if getattr(self._state, name) != value}
        if changed:
            self._state = replace(self._state, **changed)
        for name in changed:
            getattr(self, f"{name}_changed").emit(getattr(self._state, name))
