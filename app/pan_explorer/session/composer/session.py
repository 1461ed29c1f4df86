"""The session of the composer: a scene, its selected object, and the undo history."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.data.composer.composition import Background, Composition
from pan.data.composer.drawing import object_at
from pan.data.composer.placed import Placed
from pan.system.errors import InputError
from pan_explorer.answering.thread import Answering
from pan_explorer.session.composer.document import ComposerDocument
from pan_explorer.session.composer.files import SceneFiles
from pan_explorer.session.composer.inference import SceneInference
from pan_explorer.session.composer.kits import SceneKits
from pan_explorer.state.composer import Composed, ComposerState, Step
from pan_explorer.state.history import History
from pan_explorer.state.kit import DigitKit
from pan_explorer.state.scene_edits import Edit, laid_on, middle, place_of, placed, recoloured, scaled


class ComposerSession(ComposerDocument):
    """Edits one scene.

    Args:
        answering: The inference thread.
        parent: Owner.

    Attributes:
        inference: Asks the networks about the scene.
        files: Reads and writes scenes.
        kits: Reads the objects to compose with.
    """

    failed = Signal(str)
    succeeded = Signal(str)

    def __init__(self, answering: Answering, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind, self._begun, self._is_seen = "", "", False
        self._own_set: Path | None = None
        self._seeds = count()
        self.inference = SceneInference(self, answering)
        self.files = SceneFiles(self)
        self.kits = SceneKits(self)
        self.kits.ready.connect(self._begin)
        self.files.background_read.connect(self.take_background)
        self.files.scene_read.connect(self.restore)
        self.files.succeeded.connect(self.succeeded)
        self.files.failed.connect(self.failed)

    @property
    def scene(self) -> Composition | None:
        """The scene; None if the composer has never been opened."""
        return self.state.composed.composition if self._begun or self.state.history.past else None

    @Slot(object)
    def use_set(self, own_set: Path | None) -> None:
        """Compose with the objects of a set, or with digits; they are read when the page is shown."""
        self._own_set = own_set
        if self._is_seen:
            self.enter(self._kind)

    def enter(self, kind: str) -> None:
        """Begin to ask the networks; an unedited scene is replaced by a random one, once the kit has been read.

        Args:
            kind: The task of the random scene, if it has digits.
        """
        self._kind, self._is_seen = kind, True
        self.kits.use_set(self._own_set)
        if self.kits.is_reading():
            self.inference.end()  # until they are read, the scene has no objects of the set
        else:
            self._begin()

    def leave(self) -> None:
        """Stop asking the networks until the page is shown again."""
        self._is_seen = False
        self.inference.end()

    @Slot()
    def _begin(self) -> None:
        kit = self.state.kit
        begun = f"{self._kind} {kit.title}"
        if begun != self._begun and not self.state.history.past:
            self._begun = begun
            composition = kit.scene(self._kind, next(self._seeds))
            asked = place_of(self.state.query, composition)
            self._set(Step(composition, middle(composition) if asked is None else asked), History())
        self.change(composed=self.state.composed.with_words(kit.queries))  # for a scene older than the kit
        if self._is_seen:
            self.inference.begin()

    @Slot(object)
    def ask(self, query: str) -> None:
        """Set the query, and select its object if the scene has one."""
        if query != self.state.query and query in self.state.composed.picture.queries:
            self.change(query=query, selected=place_of(query, self.state.composed.composition))
            self.inference.ask()

    def select(self, place: int | None) -> None:
        """Select an object and ask about it; None selects nothing."""
        if place != self.state.selected:
            self._set(Step(self.state.composed.composition, place), self.state.history)

    def select_at(self, x: float, y: float) -> bool:
        """Select the object at a point of the image; False if there is none."""
        composed = self.state.composed
        self.select(object_at(composed.composition, composed.scene, x, y))
        return self.state.selected is not None

    def edit(self, edit: Edit, stroke: str = "") -> None:
        """Edit the scene; can be undone.

        Args:
            edit: An edit from `scene_edits`.
            stroke: The drag that it belongs to; the edits of one drag are undone together.
        """
        before = self.state.step
        try:
            step = edit(before)
        except InputError as error:
            self.failed.emit(str(error))
            return
        if step is not before:
            self._set(step, self.state.history.after(before, stroke))

    def place(self, taken: Placed, x: float, y: float) -> None:
        """Place an object of the kit on top and select it; moving it belongs to the same undo step."""
        self.end_stroke()
        self.edit(placed(taken, x, y), "move")

    def scale(self, scale: float) -> None:
        """Set the scale of the selected object, and of digits placed later."""
        self.edit(scaled(scale), "scale")
        if self.state.object is not None:
            self.change(kit=self.state.kit.after(self.state.object))

    def recolour(self, colour: str) -> None:
        """Set the colour of the selected digit, and of digits placed later."""
        kit = self.state.kit
        if isinstance(kit, DigitKit):
            self.change(kit=replace(kit, colour=colour))
        self.edit(recoloured(colour))

    @Slot()
    def end_stroke(self) -> None:
        """End a drag: the next edit is another step of the undo history."""
        self.change(history=self.state.history.ended(self.state.step))

    @Slot()
    def undo(self) -> None:
        """Undo the last edit."""
        history = self.state.history
        if history.past:
            self._set(history.past[-1], history.back(self.state.step))

    @Slot()
    def redo(self) -> None:
        """Redo the edit that was undone last."""
        history = self.state.history
        if history.future:
            self._set(history.future[-1], history.forth(self.state.step))

    def draw_random(self, kind: str) -> None:
        """Replace the scene by a new random one of a kind; if the kit lacks that kind, of its first kind.

        While another kit is being read, this does nothing.
        """
        if not self.state.coming:
            self.restore(self.state.kit.scene(kind, next(self._seeds)))

    def draw_background(self, kind: str) -> None:
        """Replace the background by a new random one of a kind."""
        background, clear = self.state.kit.background(kind, next(self._seeds))
        self.edit(laid_on(background, clear=clear))

    @Slot(object)
    def take_background(self, image: Background) -> None:
        """Replace the background by an image, which may itself show objects that can be queried."""
        self.edit(laid_on(image, clear=False))

    @Slot(object)
    def restore(self, composition: Composition) -> None:
        """Open a scene that is saved elsewhere or was random, so it counts as saved; can be undone."""
        self.edit(lambda _: Step(composition, middle(composition)))
        self.change(kept=composition)

    def return_to(self, earlier: ComposerState) -> None:
        """Return to the scene of an earlier state, saved or unsaved as it was then; can be undone."""
        composition = earlier.composed.composition
        if composition != self.scene:
            self.restore(composition)
            if earlier.is_unsaved:
                self.change(kept=earlier.kept)

    def close(self, timeout_ms: int) -> bool:
        """End the threads; the session cannot be used afterwards. False if a thread takes longer."""
        self.leave()
        return all([self.files.close(timeout_ms), self.kits.close(timeout_ms)])

    def _set(self, step: Step, history: History[Step]) -> None:
        composed = self.state.composed
        if step.composition is not composed.composition:
            composed = Composed.of(step.composition, self.state.kit.queries)
        query = self.state.query if step.object is None else step.object.query
        self.change(composed=composed, selected=step.selected, query=query, history=history)
        self.inference.ask()
