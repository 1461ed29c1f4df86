"""File dialogs of the composer; none of them blocks the event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from pan.system.names import exists
from pan_explorer.panels.file_dialogs import IMAGES, show
from pan_explorer.session.composer.files import SceneFiles

COMPOSITIONS = "Composed scenes (*.json);;All files (*)"


def choose_background(parent: QWidget, files: SceneFiles) -> None:
    """Use the image that the user chooses as background."""
    show(QFileDialog(parent, "Background", "", IMAGES), files.open_background)


def choose_composition(parent: QWidget, files: SceneFiles) -> None:
    """Open the scene that the user chooses, from the folder “compositions” of a set."""
    show(QFileDialog(parent, "Saved scene, in a set's folder “compositions”", "", COMPOSITIONS),
         files.open_scene)


def choose_set(parent: QWidget, folder: Path | None, save: Callable[[Path], None]) -> None:
    """Save into the folder that the user chooses: a new or empty folder, or a composed set."""
    dialog = _FolderToSaveIn(parent, "Save in a new folder, or in a set that was composed here",
                             str(folder.parent if folder else Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Save")
    show(dialog, save)


class _FolderToSaveIn(QFileDialog):
    """Accepts the name of a new folder too; Qt's own dialog rejects it."""

    def accept(self) -> None:
        chosen = self.selectedFiles()[0]
        if exists(Path(chosen)):
            super().accept()
            return
        self.fileSelected.emit(chosen)
        QDialog.accept(self)
