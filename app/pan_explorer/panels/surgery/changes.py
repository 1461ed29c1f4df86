"""The list of changes: a row for each changed layer of a network, with a reset."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.values.view import Model
from pan_explorer.widgets.buttons import button, icon_button
from pan_explorer.widgets.labels import Dot, heading, quiet


class Changes(QWidget):
    """The list; updated after every stroke."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: dict[tuple[Model, str], _Row] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._nothing = quiet("Nothing yet: paint on a map.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(heading("Changed"))
        column.addWidget(self._nothing)
        column.addLayout(self._list)
        session.surgery.state_changed.connect(self._refresh)
        session.models_changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        edits = self._session.surgery.state.edits
        changed = {(model, layer): edit for model in self._session.state.models if model.name in edits
                   for layer, edit in edits[model.name].edits.items()}
        if tuple(changed) != tuple(self._rows):
            self._rebuild(tuple(changed))
        for key, edit in changed.items():
            self._rows[key].show_words(edit.in_words())
        self._nothing.setVisible(not changed)

    def _rebuild(self, keys: tuple[tuple[Model, str], ...]) -> None:
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {(model, layer): _Row(self._session, model, layer) for model, layer in keys}
        for row in self._rows.values():
            self._list.addWidget(row)


class _Row(QWidget):
    """A change, with buttons to show and to reset it."""

    def __init__(self, session: Session, model: Model, layer: str) -> None:
        super().__init__()
        self._words = quiet()
        self._words.setWordWrap(True)
        to_layer = button(layer, f"Show {layer} ({model.title})")
        to_layer.clicked.connect(lambda: session.layers.go_to(layer))
        reset = icon_button("close", f"Reset {layer} of {model.title}", name=f"reset {layer} of {model.title}")
        reset.setProperty("narrow", True)
        reset.clicked.connect(lambda: session.surgery.reset(model.name, layer))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Dot(model.colour))
        row.addWidget(to_layer)
        row.addWidget(self._words, 1)
        row.addWidget(reset)

    def show_words(self, words: str) -> None:
        """The change in words."""
        self._words.setText(words)
