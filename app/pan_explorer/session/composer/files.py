"""The part of the composer's session that reads and writes files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.composer.composition import Composition
from pan.data.composer.variations import at_scales, scales_of, variations
from pan_explorer.background.composer_files import (
    Saving,
    read_background,
    read_picture,
    read_scene,
    save_all,
    save_image,
    save_one,
)
from pan_explorer.background.jobs import Jobs
from pan_explorer.pictures.picture import Picture
from pan_explorer.session.composer.document import ComposerDocument


class SceneFiles(QObject):
    """Writes scenes one after the other; a new reading request replaces the one before.

    Args:
        document: The composer's document.
    """

    background_read = Signal(object)  # Background
    scene_read = Signal(object)  # Composition
    succeeded = Signal(str)
    failed = Signal(str)

    def __init__(self, document: ComposerDocument) -> None:
        super().__init__(document)
        self._document = document
        self._saves, self._images, self._reads = Jobs(self), Jobs(self), Jobs(self)
        self._saves.progressed.connect(self._report_saved)
        self._saves.failed.connect(self._report_failed)
        self._images.progressed.connect(self._report_written)
        self._images.failed.connect(self.failed)
        self._reads.progressed.connect(self._emit_read)
        self._reads.failed.connect(self.failed)

    def is_saving(self) -> bool:
        """Whether scenes are being saved."""
        return self._saves.is_busy()

    def open_background(self, path: Path) -> None:
        """Use the central square of an image file as background."""
        self._reads.replace(read_background(path, self._document.state.composed.composition.side))

    def take_picture(self, picture: Picture) -> None:
        """Use a picture of the strip as background, fitted as for the networks."""
        self._reads.replace(read_picture(picture, self._document.state.composed.composition.side))

    def open_scene(self, path: Path) -> None:
        """Open a saved scene."""
        self._reads.replace(read_scene(path))

    def save_scene(self, folder: Path) -> None:
        """Add the scene to a reference set, which is made if it does not exist."""
        self._saves.add(save_one(folder, self._document.state.composed.composition))

    def save_sweep(self, folder: Path) -> None:
        """Add a scene for each scale of the selected object, with questions about this object only."""
        state = self._document.state
        if state.selected is None or state.object is None:
            self.failed.emit("Select the object whose scale is to be swept first.")
            return
        composition = state.composed.composition
        series = at_scales(composition, state.selected, scales_of(composition, state.selected))
        self._saves.add(save_all(folder, series, len(series), state.object.query))

    def save_variations(self, folder: Path, number: int) -> None:
        """Add random variations of the scene."""
        self._saves.add(save_all(folder, variations(self._document.state.composed.composition, number, seed=0), number))

    def save_image(self, path: Path) -> None:
        """Write the scene as an image file."""
        self._images.add(save_image(path, self._document.state.composed.composition))

    def close(self, timeout_ms: int) -> bool:
        """End the threads; a set that is not written completely stays unchanged. False if a thread takes longer."""
        ended = [jobs.close(timeout_ms) for jobs in (self._saves, self._images, self._reads)]
        return all(ended)

    @Slot(object)
    def _report_saved(self, events: tuple[Saving, ...]) -> None:
        for saving in events:
            if saving.done == saving.total:
                kept = saving.scene or self._document.state.kept
                self._document.change(saving="", folder=saving.folder, kept=kept)
                scenes = "the scene" if saving.total == 1 else f"{saving.total:,} scenes"
                self.succeeded.emit(f"Saved {scenes} in {saving.folder}")
        if (saving := events[-1]).done < saving.total:
            self._document.change(saving=f"saving {saving.done:,} of {saving.total:,} scenes")

    @Slot(object)
    def _report_written(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            self.succeeded.emit(f"Saved the scene in {path}")

    @Slot(object)
    def _emit_read(self, events: tuple[object, ...]) -> None:
        read = events[-1]
        (self.scene_read if isinstance(read, Composition) else self.background_read).emit(read)

    @Slot(str)
    def _report_failed(self, sentence: str) -> None:
        self._document.change(saving="")
        self.failed.emit(sentence)
