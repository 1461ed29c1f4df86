"""The part of the composer's session for the kit: the objects to compose with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan_explorer.background.composer_kit import kit_of, read_kit
from pan_explorer.background.jobs import Jobs
from pan_explorer.session.composer.document import ComposerDocument
from pan_explorer.state.kit import CutoutKit, DigitKit, Kit


class SceneKits(QObject):
    """Reads the objects of the opened set; the kit has digits if there is no set, or no object in it.

    Args:
        document: The composer's document.
    """

    ready = Signal()  # reading has ended; the kit has objects of the set, or digits

    def __init__(self, document: ComposerDocument) -> None:
        super().__init__(document)
        self._document = document
        self._folder: Path | None = None
        self._reads = Jobs(self)
        self._reads.progressed.connect(self._take)
        self._reads.failed.connect(self._do_without)

    def is_reading(self) -> bool:
        """Whether objects are being cut out."""
        return self._reads.is_busy()

    def use_set(self, folder: Path | None) -> None:
        """Read the objects of a set unless they have been read; digits without a set."""
        if folder == self._folder:
            return
        self._folder = folder
        if folder is not None:
            self._document.change(coming=f"Cutting objects out of “{folder.name}” …", note="")
            self._reads.replace(read_kit(folder))
        else:
            self._reads.drop()
            self._document.change(kit=DigitKit(), coming="", note="")

    @Slot(str)
    def choose(self, word: str) -> None:
        """Read the objects of one query; of all queries if it is empty."""
        kit = self._document.state.kit
        if isinstance(kit, CutoutKit) and kit.folder == self._folder:
            self._reads.replace(kit_of(kit, word))

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self._reads.drop()
        return self._reads.close(timeout_ms)

    @Slot(object)
    def _take(self, kits: tuple[Kit, ...]) -> None:
        self._document.change(kit=kits[-1], coming="", note="")
        self.ready.emit()

    @Slot(str)
    def _do_without(self, sentence: str) -> None:
        kit = self._document.state.kit
        kept = kit if kit.title == str(self._folder) else DigitKit()
        self._document.change(kit=kept, coming="", note=sentence)
        self.ready.emit()
