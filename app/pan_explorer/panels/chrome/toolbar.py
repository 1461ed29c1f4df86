"""The row on top: image, task, query, networks, export."""

from __future__ import annotations

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
        self._show_task(session.state.kind)

    def set_menu(self, menu: QMenu) -> None:
        """What the button at the left opens."""
        self._menu_button.setMenu(menu)

    @Slot(int)
    def _choose_task(self, place: int) -> None:
        self._session.choose_task(self._task.itemData(place))

    @Slot(object)
    def _show_task(self, kind: str) -> None:
        self._task.setCurrentIndex(self._task.findData(kind))

    @Slot()
    def _export(self) -> None:
        show_export(self, self._session)
