"""File dialogs; none of them blocks the event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from pan_explorer.session.session import Session

if TYPE_CHECKING:
    from pan.checkpoints.library import Entry

RUN = "recipe.json"
"""The file that marks a run's folder."""
IMAGES = "Images (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp *.gif);;All files (*)"
SESSIONS = "Sessions (*.panx *.panz);;All files (*)"
CHECKPOINTS = "Checkpoints (*.safetensors);;All files (*)"
NETWORKS = f"Checkpoints and runs (*.safetensors {RUN})"


def choose_image(parent: QWidget, session: Session) -> None:
    """Open the image the user chooses."""
    show(QFileDialog(parent, "Open image", "", IMAGES), session.files.open)


def choose_session(parent: QWidget, session: Session) -> None:
    """Open the session file the user chooses."""
    show(QFileDialog(parent, "Open session", "", SESSIONS), session.files.open)


def choose_session_file(parent: QWidget, session: Session) -> None:
    """Save the session where the user chooses."""
    choose_file(parent, "Save session", "session.panx", "Sessions", session.files.save)


def choose_session_bundle(parent: QWidget, session: Session) -> None:
    """Save the session with its images and networks where the user chooses."""
    choose_file(parent, "Save session with its files", "session.panz", "Sessions with files", session.files.save)


def choose_reference_set(parent: QWidget, session: Session) -> None:
    """Open the reference set whose folder the user chooses."""
    show(_folder_dialog(parent, "Open reference set: a folder with index.csv"), session.files.open)


def choose_report(parent: QWidget, session: Session) -> None:
    """Show the numbers of the report in the folder that the user chooses."""
    show(_folder_dialog(parent, "Open report: a folder that pan report wrote"), session.paper.open_report)


def choose_walk(parent: QWidget, session: Session) -> None:
    """Start the walk in the folder that the user chooses."""
    show(_folder_dialog(parent, "Walk: a folder of steps, .md files"), session.walk.begin)


def choose_walk_page(parent: QWidget, session: Session) -> None:
    """Write the walk as a web page where the user chooses."""
    choose_file(parent, "Web page of the walk", "walk.html", "Web page",
                lambda path: session.exports.walk(path, session.walk.state.steps))


def choose_checkpoint(parent: QWidget, session: Session) -> None:
    """Add the checkpoint file or the run that the user chooses."""
    dialog = QFileDialog(parent, "Add network: a checkpoint file, or a run's folder", "", NETWORKS)
    show(dialog, lambda path: session.comparison.add(str(path.parent if path.name == RUN else path)))


def choose_run(parent: QWidget, session: Session) -> None:
    """Add the run in the folder that the user chooses."""
    show(_folder_dialog(parent, "Add network: a run's folder"), lambda path: session.comparison.add(str(path)))


def choose_to_import(parent: QWidget, session: Session) -> None:
    """Import the checkpoint file the user chooses."""
    show(QFileDialog(parent, "Import network", "", CHECKPOINTS), session.library.import_network)


def choose_run_to_import(parent: QWidget, session: Session) -> None:
    """Import the best weights of the run whose folder the user chooses."""
    show(_folder_dialog(parent, "Import network: a run's folder"), session.library.import_network)


def choose_export(parent: QWidget, session: Session, entry: Entry) -> None:
    """Save a copy of a network where the user chooses."""
    name = entry.title.replace("/", "-") + ".safetensors"
    choose_file(parent, "Export network", name, "Checkpoints", lambda path: session.library.export(entry, path))


def choose_file(parent: QWidget, title: str, name: str, kind: str, act: Callable[[Path], None]) -> None:
    """Ask for a file to write, and pass its path to a function.

    Args:
        parent: The owner of the dialog.
        title: The dialog's title.
        name: The suggested file name; its suffix is added if the user gives none.
        kind: The name of the file type, for the dialog's filter.
        act: Called with the path.
    """
    dialog = QFileDialog(parent, title, name, f"{kind} (*{Path(name).suffix})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    show(dialog, act)


def _folder_dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog


def show(dialog: QFileDialog, act: Callable[[Path], None]) -> None:
    """Show a dialog, and pass the chosen path to a function."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: act(Path(path)))
    dialog.open()
