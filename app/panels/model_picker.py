"""The networks compared, as chips: a click hides or shows one, + adds and removes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.comparison import SHORT_TITLES
from app.panels.dialogs import choose_checkpoint, choose_run
from app.panels.models_dialog import show_models
from app.session import Session
from app.values import Model
from app.widgets.buttons import menu_button
from app.widgets.carrying import name_in
from app.widgets.chip import Chip
from app.widgets.emptying import delete_widgets
from pan.palette import MODEL_TITLES, model_title

if TYPE_CHECKING:
    from pan.library import Entry


class ModelPicker(QWidget):
    """Which networks have a pane."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.chips: list[Chip] = []
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(self._act)
        self._own = QMenu("Your own", self)
        self._others = {kind: QMenu(title, self) for kind, title in SHORT_TITLES.items()}
        session.library.entries_changed.connect(self._fill_own)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addLayout(self._chips)
        row.addWidget(menu_button("+", "Add or remove networks", self._menu))
        self.setAcceptDrops(True)
        session.models_changed.connect(self._show_models)
        self._show_models(session.state.models)

    @Slot(object)
    def _show_models(self, models: tuple[Model, ...]) -> None:
        delete_widgets(self._chips)
        self.chips = []
        for model in models:
            hint = (f"{model.title}: {model.name}; click to {'hide' if model.shown else 'show'}, "
                    "drag or Ctrl+← and Ctrl+→ to move")
            chip = Chip(model.title, model.colour, hint, name=model.name, checked=model.shown)
            chip.clicked.connect(self._toggle(model.name))
            chip.shifted.connect(self._shift(model.name))
            self._chips.addWidget(chip)
            self.chips.append(chip)

    def _shift(self, name: str) -> Callable[[int], None]:
        def shift(step: int) -> None:
            place = [model.name for model in self._session.state.models].index(name) + step
            self._session.comparison.move(name, place)
            place = [model.name for model in self._session.state.models].index(name)
            self.chips[place].setFocus()

        return shift

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Chips and panes may be dropped here."""
        if name_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Move a network to where it was dropped."""
        centres = [chip.geometry().center().x() for chip in self.chips]
        names = [model.name for model in self._session.state.models]
        name, x = name_in(event.mimeData()), event.position().x()
        place = sum(centre < x for centre, other in zip(centres, names, strict=True) if other != name)
        self._session.comparison.move(name, place)
        event.acceptProposedAction()

    def _toggle(self, name: str) -> Callable[[], None]:
        return lambda: self._session.comparison.toggle(name)

    @Slot()
    def _fill_menu(self) -> None:
        """The task's networks, files from elsewhere that are compared with them, and the rest by where it is from."""
        state, library = self._session.state, self._session.library
        if library.entries is None:
            library.look_up()
        self._menu.clear()
        self._offer(self._menu, self._shipped(state.kind))
        self._offer(self._menu, {model.name: model.title for model in state.models if self._is_from_elsewhere(model)})
        self._menu.addSeparator()
        self._menu.addMenu(self._own)
        self._fill_own()
        for kind, menu in self._others.items():
            if kind != state.kind:
                self._menu.addMenu(menu)
                menu.clear()
                self._offer(menu, self._shipped(kind))
        self._menu.addSeparator()
        self._menu.addAction("Manage networks …\tCtrl+M").setData(show_models)
        self._menu.addAction("Add checkpoint file …").setData(choose_checkpoint)
        self._menu.addAction("Add run folder …").setData(choose_run)

    @Slot()
    def _fill_own(self) -> None:
        """What the user trained or imported, as soon as it is looked up."""
        entries = self._session.library.entries
        self._own.clear()
        self._offer(self._own, {entry.name: entry.title for entry in entries or () if _is_own(entry)})
        if self._own.isEmpty():
            words = "Being looked for …" if entries is None else "Nothing is trained or imported yet"
            self._own.addAction(words).setEnabled(False)

    def _offer(self, menu: QMenu, titles: Mapping[str, str]) -> None:
        chosen = {model.name for model in self._session.state.models}
        for name, title in titles.items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(name in chosen)
            action.setData(name)

    def _shipped(self, kind: str) -> dict[str, str]:
        """Those of a task that come with the program, in the paper's order."""
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
            data(self, self._session)
        elif action.isChecked():
            self._session.comparison.add(data)
        else:
            self._session.comparison.remove(data)


def _is_own(entry: Entry) -> bool:
    return entry.origin != "shipped" and entry.trained
