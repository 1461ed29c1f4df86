"""The dialog of the available networks: a list, details, and buttons to manage them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QMessageBox, QSplitter, QVBoxLayout, QWidget

from pan_explorer.panels import file_dialogs as dialogs
from pan_explorer.panels.networks.details import ModelDetails
from pan_explorer.panels.networks.list import ModelsList
from pan_explorer.session.session import Session
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.opened_dialogs import show_again
from pan_explorer.widgets.window_size import resize_within_screen

if TYPE_CHECKING:
    from pan.checkpoints.library import Entry


def show_models(owner: QWidget, session: Session) -> None:
    """Show the networks' dialog, or bring it to the front."""
    window = owner.window()
    if not show_again(window, ModelsDialog):
        ModelsDialog(session, window).show()


class ModelsDialog(QDialog):
    """Lists, imports, renames, exports and deletes networks; does not block the main window."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Networks")
        self.setAcceptDrops(True)
        self._session, self._library = session, session.library
        self.list, self.details = ModelsList(), ModelDetails()
        self._message = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._message.setMargin(6)
        self._message.hide()
        split = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        split.addWidget(self.list)
        split.addWidget(self.details)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([660, 380])
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._message)
        column.addWidget(split, 1)
        column.addLayout(self._make_buttons())
        resize_within_screen(self, 1080, 600)
        self._connect()
        self._set_buttons()

    @Slot(str)
    def show_failure(self, text: str) -> None:
        """Show an error."""
        self._show_message(text, "warning")

    @Slot(str)
    def show_success(self, text: str) -> None:
        """Show a success."""
        self._show_message(text, "panel")

    def ask_to_delete(self) -> QMessageBox | None:
        """Ask before networks are moved to the bin."""
        entries = self._own()
        if not entries:
            return None
        names = ", ".join(entry.title for entry in entries[:5]) + (" and others" if len(entries) > 5 else "")
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Delete", f"Move {names} to the bin?", parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText("It can be restored from there.")
        delete = box.addButton("Move to the bin", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton("Keep", QMessageBox.ButtonRole.RejectRole))
        delete.clicked.connect(lambda: self._library.delete(entries))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
        return box

    def _make_buttons(self) -> QHBoxLayout:
        self.import_file = button("Import file …", "Copy a checkpoint file among your own; or drop it here")
        self.import_run = button("Import run …", "Copy the best weights of a run's folder among your own")
        self.compare = button("Compare", "Add a pane for it", primary=True)
        self.compare.setDefault(True)
        self.keep = button("Keep best", "Copy the run's best weights among your own")
        self.rename = button("Rename", "Give it another name (F2)")
        self.export = button("Export …", "Save a copy of its file")
        self.folder = button("Show in folder", "Open its folder")
        self.delete = button("Delete …", "Move it to the bin (Del)")
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self.import_file, self.import_run):
            row.addWidget(each)
        row.addStretch()
        for each in (self.delete, self.folder, self.export, self.rename, self.keep, self.compare):
            row.addWidget(each)
        return row

    def _connect(self) -> None:
        library = self._library
        library.entries_changed.connect(self.list.show_entries)
        library.imported.connect(self.list.choose)
        library.failed.connect(self.show_failure)
        library.succeeded.connect(self.show_success)
        self._session.models_changed.connect(self._set_buttons)
        self._session.training.state_changed.connect(self._set_buttons)
        self.list.chosen_changed.connect(self._show_chosen)
        self.list.renamed.connect(library.rename)
        self.list.itemDoubleClicked.connect(self._compare)
        self.import_file.clicked.connect(self._on_import_file)
        self.import_run.clicked.connect(self._on_import_run)
        self.compare.clicked.connect(self._compare)
        self.keep.clicked.connect(self._on_keep)
        self.rename.clicked.connect(self.list.edit_name)
        self.export.clicked.connect(self._on_export)
        self.folder.clicked.connect(self._on_folder)
        self.delete.clicked.connect(self.ask_to_delete)
        bin_key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        bin_key.setContext(Qt.ShortcutContext.WidgetShortcut)
        bin_key.activated.connect(self.ask_to_delete)

    def _one(self) -> Entry | None:
        chosen = self.list.chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _own(self) -> tuple[Entry, ...]:
        """The selected networks that may be moved to the bin."""
        return tuple(entry for entry in self.list.chosen()
                     if entry.origin != "shipped" and not self._library.is_in_training(entry))

    @Slot()
    def _show_chosen(self) -> None:
        self.details.show_entry(self._one())
        self._set_buttons()

    @Slot()
    def _set_buttons(self) -> None:
        entry, own = self._one(), self._own()
        compared = {model.name for model in self._session.state.models}
        trained = entry is not None and entry.trained
        self.compare.setText("Compared" if entry and entry.name in compared else "Compare")
        self.compare.setEnabled(trained and entry is not None and entry.name not in compared)
        self.keep.setVisible(entry is not None and entry.origin == "run")
        self.keep.setEnabled(trained)
        self.rename.setEnabled(entry is not None and bool(own))
        self.export.setEnabled(trained)
        self.folder.setEnabled(entry is not None)
        self.delete.setEnabled(bool(own))

    @Slot()
    def _compare(self) -> None:
        if (entry := self._one()) and entry.trained:
            self._session.comparison.add(entry.name)

    @Slot()
    def _on_keep(self) -> None:
        if entry := self._one():
            self._library.import_network(entry.path)

    @Slot()
    def _on_import_file(self) -> None:
        dialogs.choose_to_import(self, self._session)

    @Slot()
    def _on_import_run(self) -> None:
        dialogs.choose_run_to_import(self, self._session)

    @Slot()
    def _on_export(self) -> None:
        if entry := self._one():
            dialogs.choose_export(self, self._session, entry)

    @Slot()
    def _on_folder(self) -> None:
        if entry := self._one():
            folder = entry.path if entry.path.is_dir() else entry.path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _show_message(self, text: str, surface: str) -> None:
        self._message.setText(text[:1].upper() + text[1:])
        self._message.setProperty("surface", surface)
        self._message.style().polish(self._message)
        self._message.show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Update the list whenever the dialog is shown."""
        super().showEvent(event)
        self._message.hide()
        self._library.look_up()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept a drop of files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Import the dropped file or folder."""
        for url in event.mimeData().urls():
            self._library.import_network(Path(url.toLocalFile()))
        event.acceptProposedAction()
