"""The compared networks as chips: a click hides or shows one; + adds and removes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pan_explorer.panels.networks.menu import NetworksMenu
from pan_explorer.session.session import Session
from pan_explorer.values.view import Model
from pan_explorer.widgets.buttons import icon_menu_button
from pan_explorer.widgets.chip import Chip
from pan_explorer.widgets.drag import name_in
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.layouts import clear_layout


class ModelPicker(QWidget):
    """Chooses which networks have a pane."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.chips: list[Chip] = []
        self._listed: tuple[tuple[str, str, str], ...] = ()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self.menu = NetworksMenu(session, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addLayout(self._chips)
        row.addWidget(icon_menu_button("add", "Add or remove networks", self.menu))
        self.setAcceptDrops(True)
        session.models_changed.connect(self._show_models)
        self._show_models(session.state.models)

    @Slot(object)
    def _show_models(self, models: tuple[Model, ...]) -> None:
        chips = tuple((model.name, model.title, model.colour) for model in models)
        if chips != self._listed:  # else the chips stay and keep the focus
            self._listed = chips
            self._rebuild(models)
        for model, chip in zip(models, self.chips, strict=True):
            chip.show_checked(model.shown)
            chip.setToolTip(as_tip(f"{model.title}: {model.name}; click to {'hide' if model.shown else 'show'}, "
                                   "drag or Ctrl+← and Ctrl+→ to move"))

    def _rebuild(self, models: tuple[Model, ...]) -> None:
        clear_layout(self._chips)
        self.chips = []
        for model in models:
            chip = Chip(model.title, model.colour, name=model.name)
            chip.clicked.connect(self._toggle(model.name))
            chip.move_wanted.connect(self._shift(model.name))
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
        """Accept a drop of chips and panes."""
        if name_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Move a network to the place of the drop."""
        centres = [chip.geometry().center().x() for chip in self.chips]
        names = [model.name for model in self._session.state.models]
        name, x = name_in(event.mimeData()), event.position().x()
        place = sum(centre < x for centre, other in zip(centres, names, strict=True) if other != name)
        self._session.comparison.move(name, place)
        event.acceptProposedAction()

    def _toggle(self, name: str) -> Callable[[], None]:
        return lambda: self._session.comparison.toggle(name)
