"""The part of the window's document that opens images, sets, reports, walks and sessions, and saves sessions."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Signal, Slot

from pan.data.composer.composition import Composition
from pan.data.parts import set_of
from pan.report.saved_numbers import is_report
from pan_explorer import settings
from pan_explorer.answering.requests import Opening
from pan_explorer.answering.thread import Answering
from pan_explorer.background.jobs import Jobs
from pan_explorer.background.paper import test_set
from pan_explorer.background.session_files import Saved
from pan_explorer.background.session_files import save as saving
from pan_explorer.pictures.reading import PictureSet, picture_of, samples_folder
from pan_explorer.session.browser import BrowserSession
from pan_explorer.session.composer.session import ComposerSession
from pan_explorer.session.document import Document
from pan_explorer.session.paper import PaperSession
from pan_explorer.session.strip import StripSession
from pan_explorer.session.surgery import SurgerySession
from pan_explorer.state.compared import ALL_TASKS
from pan_explorer.state.saved_session import Snapshot
from pan_explorer.state.step_file import is_walk
from pan_explorer.state.surgery import NO_EDITS, Edits


class FileSession(QObject):
    """Has files read by the thread that asks the networks, and sessions written beside it.

    Args:
        document: What a session file keeps.
        answering: The thread that reads.
        strip: Takes what is pasted.
        surgery: Is kept in a session.
        composer: Likewise.
        browser: Likewise.
        paper: Takes reports.
    """

    page_wanted = Signal(str)
    walk_wanted = Signal(object)  # Path
    own_set_changed = Signal(object)  # Path of the user's own set in the strip, whole, None for a set of the program's
    succeeded = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        answering: Answering,
        strip: StripSession,
        surgery: SurgerySession,
        composer: ComposerSession,
        browser: BrowserSession,
        paper: PaperSession,
    ) -> None:
        super().__init__(document)
        self._document, self._answering = document, answering
        self._strip, self._surgery, self._composer = strip, surgery, composer
        self._browser, self._paper = browser, paper
        document.folder_changed.connect(self._tell_own_set)
        answering.pictures_read.connect(self._keep_recent)
        self._kept: dict[Path, tuple[Edits, Composition | None]] = {}  # what a session that is being written holds
        self._saves = Jobs(self)
        self._saves.progressed.connect(self._tell_saved)
        self._saves.failed.connect(self.failed)

    def open(self, path: Path) -> None:
        """Open an image file, a session, a step of a walk, or from its folder a reference set, a report or a walk."""
        if is_report(path):
            self._paper.open_report(path)
            self.page_wanted.emit("paper")
            return
        if is_walk(path):
            self.walk_wanted.emit(path)
            return
        self._answering.request(Opening(path))
        self.page_wanted.emit("explore")

    def open_samples(self, kind: str) -> None:
        """Open the set of samples of a task."""
        self._answering.request(Opening(samples_folder(kind)))

    def shows_samples(self, kind: str) -> bool:
        """Whether the set in the strip is the samples of a task."""
        return self._document.state.folder == samples_folder(kind)

    def paste(self, image: Image.Image) -> None:
        """Take an image from the clipboard."""
        self.page_wanted.emit("explore")
        self._strip.add(picture_of(image, "pasted image"))

    def save(self, path: Path) -> None:
        """Write what the window shows into a session file; with its images and networks where the suffix says so."""
        state, folder = self._document.state, self._document.state.folder
        own = folder if folder is not None and _is_own(folder) else None
        surgery, scene = self._surgery.to_json(), self._composer.scene
        self._kept[path] = self._surgery.state.edits, scene
        snapshot = Snapshot(state, own, surgery, scene, self._browser.state)
        self._saves.add(saving(path, snapshot))

    def close(self, timeout_ms: int) -> bool:
        """Write what is still to be written; False if that takes longer than the bound."""
        return self._saves.finish(timeout_ms)

    @Slot(object)
    def _tell_own_set(self, folder: Path | None) -> None:
        of_program = folder is None or not _is_own(folder) or folder in [test_set(kind) for kind in ALL_TASKS]
        self.own_set_changed.emit(None if of_program or folder is None else set_of(folder))

    @Slot(object)
    def _keep_recent(self, read: PictureSet) -> None:
        if _is_own(read.folder):
            settings.keep_recent_file(read.folder)

    @Slot(object)
    def _tell_saved(self, events: tuple[Saved, ...]) -> None:
        for path, left_out in events:
            edits, scene = self._kept.pop(path, (NO_EDITS, None))
            self._surgery.keep(edits)
            if scene is not None:
                self._composer.change(kept=scene)
            settings.keep_recent_file(path)
            self.succeeded.emit(f"Saved {path}")
            if left_out:
                self.failed.emit(left_out)


def _is_own(folder: Path) -> bool:
    """Whether a set is none of the samples that come with the program."""
    return folder not in [samples_folder(kind) for kind in ALL_TASKS]
