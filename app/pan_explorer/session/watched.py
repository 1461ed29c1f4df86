"""A frozen state with a signal for each of its fields."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject


class Watched(QObject):
    """Holds a state and emits a signal for each change.

    A signal `NAME_changed` of the subclass carries the new value of the state's field of that name.

    Args:
        state: A frozen dataclass.
        parent: Owner.
    """

    def __init__(self, state: Any, parent: QObject | None = None) -> None:  # noqa: ANN401 - the subclass says which
        super().__init__(parent)
        self._state = state

    def change(self, **fields: Any) -> None:  # noqa: ANN401 - each field has a type of its own
        """Set fields; a value that is equal to the present one changes nothing and emits no signal."""
        changed = {name: value for name, value in fields.items() if getattr(self._state, name) != value}
        if changed:
            self._state = replace(self._state, **changed)
        for name in changed:
            getattr(self, f"{name}_changed").emit(getattr(self._state, name))
