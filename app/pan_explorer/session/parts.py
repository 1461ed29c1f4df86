"""The parts of the session, made and closed together."""

from __future__ import annotations

from PySide6.QtCore import QDeadlineTimer, QObject, Signal

from pan_explorer import settings
from pan_explorer.answering.thread import Answering
from pan_explorer.background.exports import Shown
from pan_explorer.background.set_check import SetCheck
from pan_explorer.pictures.thumbnails import Thumbnails
from pan_explorer.session.browser import BrowserSession
from pan_explorer.session.comparison import ComparisonSession
from pan_explorer.session.composer.session import ComposerSession
from pan_explorer.session.document import Document
from pan_explorer.session.exports import ExportSession
from pan_explorer.session.files import FileSession
from pan_explorer.session.first_look import FirstLook
from pan_explorer.session.inference import Inference
from pan_explorer.session.layer import LayerSession
from pan_explorer.session.library import LibrarySession
from pan_explorer.session.pages import PageSession
from pan_explorer.session.paper import PaperSession
from pan_explorer.session.query_table import QueryTable
from pan_explorer.session.strip import StripSession
from pan_explorer.session.surgery import SurgerySession
from pan_explorer.session.training import TrainingSession
from pan_explorer.session.view import ViewSession
from pan_explorer.session.walk import Before, WalkSession
from pan_explorer.state.compared import ALL_TASKS
from pan_explorer.state.window import State

LONGEST_MS = 15_000
"""Closing may wait this long for a training step, and for files that are being written."""


class Parts(Document):
    """The document, and one part for each group of commands and background jobs."""

    failed = Signal(str)
    succeeded = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(State(settings.kind(tuple(ALL_TASKS)), display=settings.display()), parent)
        self.answering = Answering(self)
        self.thumbnails = Thumbnails(self)
        self.surgery = SurgerySession(self)
        self.inference = Inference(self, self.answering, self.surgery)
        self.strip = StripSession(self, self.answering, self.inference)
        self.comparison = ComparisonSession(self, self.answering, self.inference)
        self.layers = LayerSession(self)
        self.composer = ComposerSession(self.answering, self)
        self.pages = PageSession(self, self.inference, self.composer)
        self.view = ViewSession(self, self.layers)
        self.table = QueryTable(self.answering, self)
        self.exports = ExportSession(self.answering, self._shown, self)
        self.browser = BrowserSession(self)
        self.check = SetCheck(self)
        self.first_look = FirstLook(self)
        self.paper = PaperSession(self)
        self.training = TrainingSession(self)
        self.library = LibrarySession(self.training, self)
        self.walk = WalkSession(self.answering, self._now, self)
        self.files = FileSession(
            self, self.answering, self.strip, self.surgery, self.composer, self.browser, self.paper
        )
        self._connect()

    def _connect(self) -> None:
        for part in (self.answering, self.exports, self.browser, self.paper, self.training, self.library,
                     self.composer, self.files, self.walk):
            part.failed.connect(self.failed)
        for writer in (self.exports, self.library, self.composer, self.files):
            writer.succeeded.connect(self.succeeded)
        for opener in (self.view, self.files):
            opener.page_wanted.connect(self.pages.show)

    def close(self) -> bool:
        """End the threads; the session cannot be used afterwards. False if a thread does not end in time."""
        parts = (self.answering, self.thumbnails, self.training, self.composer, self.library, self.browser, self.check,
                 self.first_look, self.paper, self.exports, self.files)
        for part in parts:
            part.close(0)  # so that they all end at the same time
        patience = QDeadlineTimer(LONGEST_MS)
        ended = [part.close(patience.remainingTime()) for part in parts]
        self.layers.close()
        self.inference.close()  # last, because the end of a run asks the networks once more
        return all(ended)

    def _shown(self) -> Shown | None:
        """What the window shows, for an export."""
        composed = self.composer.state.answers if self.state.page == "compose" else None
        return Shown.of(self.state, composed, self.table.rows)

    def _now(self) -> Before:
        """The present state, to which the end of a walk returns."""
        composer = None if self.composer.scene is None else self.composer.state
        return Before(self.state, self.surgery.state, composer, self.browser.state)
