"""The menu of all available networks, grouped by origin; a tick adds or removes one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from pan.figures.palette import MODEL_TITLES, model_title
from pan_explorer.panels.file_dialogs import choose_checkpoint, choose_run
from pan_explorer.panels.networks.dialog import show_models
from pan_explorer.session.session import Session
from pan_explorer.state.compared import SHORT_TITLES
from pan_explorer.values.view import Model
from pan_explorer.widgets.foreign_words import as_label

if TYPE_CHECKING:
    from pan.checkpoints.library import Entry


class NetworksMenu(QMenu):
    """Filled when it opens; the user's own networks are looked up then."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._own = QMenu("Your own", self)
        self._others = {kind: QMenu(title, self) for kind, title in SHORT_TITLES.items()}
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._act)
        session.library.entries_changed.connect(self._fill_own)

    @Slot()
    def _fill(self) -> None:
        """Add the task's networks, the compared files from other places, and the user's own by origin."""
        state, library = self._session.state, self._session.library
        if library.entries is None:
            library.look_up()
        self.clear()
        self._offer(self, self._shipped(state.kind))
        self._offer(self, {model.name: model.title for model in state.models if self._is_from_elsewhere(model)})
        self.addSeparator()
        self.addMenu(self._own)
        self._fill_own()
        for kind, menu in self._others.items():
            if kind != state.kind:
                self.addMenu(menu)
                menu.clear()
                self._offer(menu, self._shipped(kind))
        self.addSeparator()
        self.addAction("Manage networks …\tCtrl+M").setData(show_models)
        self.addAction("Add checkpoint file …").setData(choose_checkpoint)
        self.addAction("Add run folder …").setData(choose_run)

    @Slot()
    def _fill_own(self) -> None:
        """Add the user's trained and imported networks when they have been looked up."""
        entries = self._session.library.entries
        self._own.clear()
        self._offer(self._own, {entry.name: entry.title for entry in entries or () if _is_own(entry)})
        if self._own.isEmpty():
            words = "Searching …" if entries is None else "Nothing is trained or imported yet"
            self._own.addAction(words).setEnabled(False)

    def _offer(self, menu: QMenu, titles: Mapping[str, str]) -> None:
        chosen = {model.name for model in self._session.state.models}
        for name, title in titles.items():
            action = menu.addAction(as_label(title))
            action.setCheckable(True)
            action.setChecked(name in chosen)
            action.setData(name)

    def _shipped(self, kind: str) -> dict[str, str]:
        """The shipped networks of a task, in the paper's order."""
        networks = [name.removeprefix(f"{kind}/") for name in self._session.state.shipped
                    if name.startswith(f"{kind}/")]
        ordered = sorted(networks, key=[*MODEL_TITLES, *networks].index)
        return {f"{kind}/{network}": model_title(network) for network in ordered}

    def _is_from_elsewhere(self, model: Model) -> bool:
        listed = {entry.name for entry in self._session.library.entries or () if _is_own(entry)}
        return model.name not in self._session.state.shipped and model.name not in listed

    @Slot(QAction)
    def _act(self, action: QAction) -> None:
        data = action.data()
        if not isinstance(data, str):
            data(self.parentWidget(), self._session)
        elif action.isChecked():
            self._session.comparison.add(data)
        else:
            self._session.comparison.remove(data)


def _is_own(entry: Entry) -> bool:
    return entry.origin != "shipped" and entry.trained
