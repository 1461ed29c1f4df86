"""The toolbar: page, task, query, networks and export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from pan_explorer.panels.chrome.export_dialog import show_export
from pan_explorer.panels.chrome.page_switch import PageSwitch
from pan_explorer.panels.explore.query_bar import QueryBar
from pan_explorer.panels.networks.picker import ModelPicker
from pan_explorer.session.session import Session
from pan_explorer.state.compared import ALL_TASKS, SHORT_TITLES
from pan_explorer.widgets.buttons import button, icon_menu_button
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.short_chooser import ShortChooser

GAP = 12
OWN = "own"
"""The entry of the task list while a user's own set is shown."""
LETTERS = 12
"""The number of letters of its name that are shown."""


class Toolbar(QWidget):
    """Chooses the page, the task, the query and the networks."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._task = ShortChooser(name="task", hint="Opens the samples and shipped networks of a task")
        for kind, title in ALL_TASKS.items():
            self._task.add(title, SHORT_TITLES[kind], kind)
        self._task.activated.connect(self._choose_task)
        self._menu_button = icon_menu_button("menu", "All commands")
        self._export = button("Export …", "Figures, animations and maps of the shown answers (Ctrl+E)",
                              primary=True)
        self._export.clicked.connect(self._show_export)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(GAP)
        self._pages, self._query, self._networks = PageSwitch(session), QueryBar(session), ModelPicker(session)
        self._titles = (quiet("Task"), self._query.title)
        for part in (self._pages, self._query):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        for widget in (self._menu_button, self._pages, self._titles[0], self._task, self._query):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self._networks)
        row.addWidget(self._export)
        session.kind_changed.connect(self._show_task)
        session.files.own_set_changed.connect(self._show_own_set)
        self._show_task(session.state.kind)

    def set_menu(self, menu: QMenu) -> None:
        """Set the menu of the button at the left."""
        self._menu_button.setMenu(menu)

    def event(self, event: QEvent) -> bool:
        """Save width if the row is too narrow: hide the titles, then fold buttons into lists."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        over = self._widest() - self.width()
        for title in self._titles:
            title.setHidden(over > 0)
            over -= title.sizeHint().width() + GAP
        for choice in (self._pages.choice, self._query.choice):
            if choice is not None:
                choice.setFixedWidth(choice.folded_width if over > 0 else choice.open_width)
                over -= choice.open_width - choice.folded_width

    def _widest(self) -> int:
        """Width of the full row with both titles and nothing folded, in pixels."""
        parts = (self._menu_button, self._task, self._networks, self._export, *self._titles)
        widths = [part.sizeHint().width() for part in parts]
        widths += [self._pages.choice.open_width, self._query.open_width]
        return sum(widths) + GAP * (len(widths) + 2)

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
        """Add the user's own set to the task list while it is shown."""
        self._task.remove(OWN)
        if folder is None:
            self._show_task(self._session.state.kind)
        else:
            name = folder.name
            self._task.add(f"{name} · a set of your own", name if len(name) <= LETTERS else f"{name[:LETTERS]}…", OWN)
            self._task.setCurrentIndex(self._task.findData(OWN))

    @Slot()
    def _show_export(self) -> None:
        show_export(self, self._session)
