"""The row on top: image, task, query, networks, export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from pan_explorer.panels.chrome.export_dialog import show_export
from pan_explorer.panels.chrome.page_switch import PageSwitch
from pan_explorer.panels.explore.query_bar import QueryBar
from pan_explorer.panels.networks.picker import ModelPicker
from pan_explorer.session.session import Session
from pan_explorer.state.compared import ALL_TASKS, SHORT_TITLES
from pan_explorer.widgets.buttons import button, menu_button
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.short_chooser import ShortChooser

OWN = "own"
"""What is chosen among the tasks while a set of the user's own is looked at."""
LETTERS = 12
"""So much of its name is shown."""


class Toolbar(QWidget):
    """What is asked, of whom, about what."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._task = ShortChooser(name="task", hint="Takes the samples and the shipped networks of a task")
        for kind, title in ALL_TASKS.items():
            self._task.add(title, SHORT_TITLES[kind], kind)
        self._task.activated.connect(self._choose_task)
        self._menu_button = menu_button("☰", "All commands")
        export = button("Export …", "Figures, animations and maps of what the panes explain (Ctrl+E)", primary=True)
        export.clicked.connect(self._export)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(12)
        for widget in (self._menu_button, PageSwitch(session), quiet("Task"), self._task, QueryBar(session)):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(ModelPicker(session))
        row.addWidget(export)
        session.kind_changed.connect(self._show_task)
        session.files.own_set_changed.connect(self._show_own_set)
        self._show_task(session.state.kind)

    def set_menu(self, menu: QMenu) -> None:
        """What the button at the left opens."""
        self._menu_button.setMenu(menu)

    @Slot(int)
    def _choose_task(self, place: int) -> None:
        if self._task.itemData(place) != OWN:
            self._session.choose_task(self._task.itemData(place))

    @Slot(object)
    def _show_task(self, kind: str) -> None:
        if self._task.findData(OWN) < 0:
            self._task.setCurrentIndex(self._task.findData(kind))

    @Slot(object)
    def _show_own_set(self, folder: Path | None) -> None:
        """A set of the user's own stands among the tasks, by its name, as long as it is looked at."""
        self._task.remove(OWN)
        if folder is None:
            self._show_task(self._session.state.kind)
        else:
            name = folder.name
            self._task.add(f"{name} · a set of your own", name if len(name) <= LETTERS else f"{name[:LETTERS]}…", OWN)
            self._task.setCurrentIndex(self._task.findData(OWN))

    @Slot()
    def _export(self) -> None:
        show_export(self, self._session)
