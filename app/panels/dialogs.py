"""File dialogs; none of them stops the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app import settings
from app.session import Session

if TYPE_CHECKING:
    from pan.library import Entry

IMAGES = "Images (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp *.gif);;All files (*)"
CHECKPOINTS = "Checkpoints (*.safetensors);;All files (*)"
FIGURES = "PNG picture (*.png);;PDF document (*.pdf);;SVG drawing (*.svg)"
MAPS = "NumPy arrays (*.npz)"


def choose_image(parent: QWidget, session: Session) -> None:
    """Open the image the user chooses."""
    show(QFileDialog(parent, "Open image", "", IMAGES), session.open)


def choose_reference_set(parent: QWidget, session: Session) -> None:
    """Open the reference set whose folder the user chooses."""
    show(_folder_dialog(parent, "Open reference set: a folder with index.csv"), session.open)


def choose_checkpoint(parent: QWidget, session: Session) -> None:
    """Compare the checkpoint file the user chooses."""
    show(QFileDialog(parent, "Add network", "", CHECKPOINTS), lambda path: session.add_model(str(path)))


def choose_run(parent: QWidget, session: Session) -> None:
    """Compare the run whose folder the user chooses."""
    show(_folder_dialog(parent, "Add network: a run's folder"), lambda path: session.add_model(str(path)))


def choose_to_import(parent: QWidget, session: Session) -> None:
    """Import the checkpoint file the user chooses."""
    show(QFileDialog(parent, "Import network", "", CHECKPOINTS), session.library.take_in)


def choose_run_to_import(parent: QWidget, session: Session) -> None:
    """Import the best weights of the run whose folder the user chooses."""
    show(_folder_dialog(parent, "Import network: a run's folder"), session.library.take_in)


def choose_export(parent: QWidget, session: Session, entry: Entry) -> None:
    """Save a copy of a network where the user chooses."""
    name = entry.title.replace("/", "-") + ".safetensors"
    _save(QFileDialog(parent, "Export network", name, CHECKPOINTS.partition(";;")[0]), "safetensors",
          lambda path: session.library.export(entry, path))


def choose_figure(parent: QWidget, session: Session) -> None:
    """Export the figure where the user chooses."""
    _save(QFileDialog(parent, "Export figure", "figure.png", FIGURES), "png",
          lambda path: session.export_figure(path, settings.figure_dpi()))


def choose_maps(parent: QWidget, session: Session) -> None:
    """Export the maps where the user chooses."""
    _save(QFileDialog(parent, "Export attention maps", "maps.npz", MAPS), "npz", session.export_maps)


def _folder_dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog


def _save(dialog: QFileDialog, suffix: str, act: Callable[[Path], None]) -> None:
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.split("*.")[1].rstrip(")")))
    show(dialog, act)


def show(dialog: QFileDialog, act: Callable[[Path], None]) -> None:
    """Show a dialog and hand on what is chosen in it."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: act(Path(path)))
    dialog.open()
