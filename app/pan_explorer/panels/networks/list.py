"""The list of the available networks in three groups; names are edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from pan_explorer.panels.networks.words import accuracy, data, day, file_size, on_target
from pan_explorer.widgets.foreign_words import as_tip

if TYPE_CHECKING:
    from pan.checkpoints.library import Entry

COLUMNS = ("Name", "Network", "Data", "Right answers", "On target", "Size", "Date")
GROUPS = (("run", "Runs"), ("imported", "Imported"), ("shipped", "Come with the program"))
EMPTY = {"imported": "none yet: import a file, or keep a run's best", "run": "none yet: train a network"}
NUMBERS = (3, 4, 5)
"""The right-aligned columns."""
ENTRY = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 26
SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ModelsList(QTreeWidget):
    """Emits the selection, and a network's new name."""

    chosen_changed = Signal(object)  # tuple of Entry
    renamed = Signal(object, str)  # Entry, name

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderLabels(COLUMNS)
        self.setAccessibleName("Networks")
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIndentation(12)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in NUMBERS:
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.headerItem().setToolTip(4, "Share of the accumulated attention on the queried object")
        self.itemSelectionChanged.connect(self._emit_selection)
        self.itemChanged.connect(self._emit_renamed)
        self._awaited: Sequence[Entry] | None = None  # entries that came while a name was edited
        self.itemDelegate().closeEditor.connect(self._show_awaited, Qt.ConnectionType.QueuedConnection)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List these entries, or wait until a name has been edited; the selection stays."""
        if self.state() == self.State.EditingState:
            self._awaited = entries
            return
        self._awaited = None
        kept = {entry.name for entry in self.chosen()}
        self.blockSignals(True)
        self.clear()
        for origin, title in GROUPS:
            group = QTreeWidgetItem([title])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setSizeHint(0, QSize(0, ROW_HEIGHT))
            self.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            own = [entry for entry in entries if entry.origin == origin]
            for entry in own:
                row = _row(entry)
                group.addChild(row)
                row.setSelected(entry.name in kept)
            if not own:
                group.setText(0, f"{title}  ·  {EMPTY.get(origin, 'none')}")
            group.setExpanded(True)
        self._colour_groups()
        self.blockSignals(False)
        self._emit_selection()

    def chosen(self) -> tuple[Entry, ...]:
        """The selected entries."""
        return tuple(item.data(0, ENTRY) for item in self.selectedItems() if item.data(0, ENTRY) is not None)

    def choose(self, name: str) -> None:
        """Select one entry by its name, and nothing else, whatever keys are held."""
        self.clearSelection()
        for item in self._rows():
            if item.data(0, ENTRY).name == name:
                self.setCurrentItem(item, 0, SELECT)
                self.scrollToItem(item)

    def edit_name(self) -> None:
        """Edit the name of the selected entry, if it may be renamed and is not being edited."""
        editing = self.state() == self.State.EditingState
        if (items := self.selectedItems()) and not editing and items[0].flags() & Qt.ItemFlag.ItemIsEditable:
            self.editItem(items[0], 0)

    def _colour_groups(self) -> None:
        for number in range(self.topLevelItemCount()):
            if group := self.topLevelItem(number):
                group.setForeground(0, self.palette().placeholderText())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Update the groups' colour when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour_groups()

    def _rows(self) -> list[QTreeWidgetItem]:
        groups = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        rows = [group.child(number) for group in groups if group for number in range(group.childCount())]
        return [row for row in rows if row]

    @Slot()
    def _show_awaited(self) -> None:
        if self._awaited is not None:
            self.show_entries(self._awaited)

    @Slot()
    def _emit_selection(self) -> None:
        self.chosen_changed.emit(self.chosen())

    @Slot(QTreeWidgetItem, int)
    def _emit_renamed(self, item: QTreeWidgetItem, column: int) -> None:
        entry = item.data(0, ENTRY)
        if column == 0 and entry is not None and item.text(0) != entry.title:
            self.renamed.emit(entry, item.text(0))


def _row(entry: Entry) -> QTreeWidgetItem:
    row = QTreeWidgetItem([entry.title, entry.recipe.model, data(entry), accuracy(entry), on_target(entry),
                           file_size(entry.size), day(entry.changed)])  # fmt: skip
    row.setData(0, ENTRY, entry)
    row.setToolTip(0, as_tip(str(entry.path)))
    if entry.origin != "shipped":
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
    row.setSizeHint(0, QSize(0, ROW_HEIGHT))
    for column in NUMBERS:
        row.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return row
