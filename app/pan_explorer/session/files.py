"""The part of the session that opens images, sets, reports, walks and sessions, and saves sessions."""

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
    """Opens and saves files in the background.

    Args:
        document: The document.
        answering: The inference thread, which also reads files.
        strip: Receives pasted images.
        surgery: Is saved in sessions.
        composer: Is saved in sessions.
        browser: Is saved in sessions.
        paper: Receives reports.
    """

    page_wanted = Signal(str)
    walk_wanted = Signal(object)  # Path
    own_set_changed = Signal(object)  # folder of the user's opened set, not of one part; None for a bundled set
    work_changed = Signal(str)  # the file that is being opened or saved, in words; empty if there is none
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
        document.folder_changed.connect(self._emit_own_set)
        answering.pictures_read.connect(self._keep_recent)
        self._opened: Path | None = None  # by the user, the last one
        for ended in (answering.picture_read, answering.pictures_read, answering.restored, answering.failed):
            ended.connect(self._tell_work)
        self._kept: dict[Path, tuple[Edits, Composition | None]] = {}  # contents of sessions that are being written
        self._saves = Jobs(self)
        self._saves.progressed.connect(self._report_saved)
        self._saves.failed.connect(self.failed)
        for ended in (self._saves.finished, self._saves.failed):
            ended.connect(self._tell_work)

    def open(self, path: Path) -> None:
        """Open an image, a session or a step of a walk, or the folder of a reference set, a report or a walk."""
        path = path.absolute()  # “.” has no name, and recent files are opened from other folders
        if is_report(path):
            self._paper.open_report(path)
            self.page_wanted.emit("paper")
            return
        if is_walk(path):
            self.walk_wanted.emit(path)
            return
        self._opened = path
        self._answering.request(Opening(path))
        self._tell_work()
        self.page_wanted.emit("explore")

    def open_samples(self, kind: str) -> None:
        """Open the bundled samples of a task."""
        self._answering.request(Opening(samples_folder(kind)))

    def shows_samples(self, kind: str) -> bool:
        """Whether the strip shows the bundled samples of a task."""
        return self._document.state.folder == samples_folder(kind)

    def paste(self, image: Image.Image) -> None:
        """Add an image from the clipboard, and show it."""
        self.page_wanted.emit("explore")
        self._strip.add(picture_of(image, "pasted image"))

    def save(self, path: Path) -> None:
        """Save the session; the suffix says whether as a session file, or as a bundle with images and networks."""
        state, folder = self._document.state, self._document.state.folder
        own = folder if folder is not None and _is_own(folder) else None
        surgery, scene = self._surgery.to_json(), self._composer.scene
        self._kept[path] = self._surgery.state.edits, scene
        snapshot = Snapshot(state, own, surgery, scene, self._browser.state)
        self._saves.add(saving(path, snapshot))
        self._tell_work()

    def close(self, timeout_ms: int) -> bool:
        """Finish writing; False if that takes longer than the timeout."""
        return self._saves.finish(timeout_ms)

    @Slot()
    def _tell_work(self) -> None:
        if self._saves.is_busy():
            self.work_changed.emit("saving the session …")
        elif self._opened and self._answering.opens(self._opened):
            self.work_changed.emit(f"opening {self._opened.name} …")
        else:
            self.work_changed.emit("")

    @Slot(object)
    def _emit_own_set(self, folder: Path | None) -> None:
        of_program = folder is None or not _is_own(folder) or folder in [test_set(kind) for kind in ALL_TASKS]
        self.own_set_changed.emit(None if of_program or folder is None else set_of(folder))

    @Slot(object)
    def _keep_recent(self, read: PictureSet) -> None:
        if _is_own(read.folder):
            settings.keep_recent_file(read.folder)

    @Slot(object)
    def _report_saved(self, events: tuple[Saved, ...]) -> None:
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
    """Whether a set is not one of the bundled samples."""
    return folder not in [samples_folder(kind) for kind in ALL_TASKS]
