"""Composing a scene: what is in it, what is selected, and the steps that led there."""

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
from pan_explorer.session.composer.asking import SceneAsking
from pan_explorer.session.composer.document import ComposerDocument
from pan_explorer.session.composer.files import SceneFiles
from pan_explorer.session.composer.kits import SceneKits
from pan_explorer.state.composer import Composed, ComposerState, Step
from pan_explorer.state.history import History
from pan_explorer.state.kit import DigitKit
from pan_explorer.state.scene_edits import Edit, laid_on, middle, place_of, placed, recoloured, scaled


class ComposerSession(ComposerDocument):
    """Composes one scene.

    Args:
        answering: The thread that asks the networks.
        parent: Owner.

    Attributes:
        asking: Asks the networks about the scene.
        files: Reads and writes scenes.
        kits: Says what there is to compose with.
    """

    failed = Signal(str)
    succeeded = Signal(str)

    def __init__(self, answering: Answering, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind, self._begun, self._is_seen = "", "", False
        self._own_set: Path | None = None
        self._seeds = count()
        self.asking = SceneAsking(self, answering)
        self.files = SceneFiles(self)
        self.kits = SceneKits(self)
        self.kits.settled.connect(self._begin)
        self.files.background_read.connect(self.take_background)
        self.files.scene_read.connect(self.restore)
        self.files.succeeded.connect(self.succeeded)
        self.files.failed.connect(self.failed)

    @property
    def scene(self) -> Composition | None:
        """What is composed, None as long as nobody composed or looked on."""
        return self.state.composed.composition if self._begun or self.state.history.past else None

    @Slot(object)
    def follow(self, own_set: Path | None) -> None:
        """Compose of the objects of a set, or of digits; they are cut out when the page is seen."""
        self._own_set = own_set
        if self._is_seen:
            self.enter(self._kind)

    def enter(self, kind: str) -> None:
        """Answer from now on; as long as nothing was composed, about a random scene, which may come a little later.

        Args:
            kind: The task whose digits it has, unless it has a set's objects.
        """
        self._kind, self._is_seen = kind, True
        self.kits.follow(self._own_set)
        if not self.kits.is_reading():
            self._begin()

    def leave(self) -> None:
        """Ask no more until the page is seen again."""
        self._is_seen = False
        self.asking.end()

    @Slot()
    def _begin(self) -> None:
        kit = self.state.kit
        begun = f"{self._kind} {kit.title}"
        if begun != self._begun and not self.state.history.past:
            self._begun = begun
            composition = kit.scene(self._kind, next(self._seeds))
            asked = place_of(self.state.query, composition)
            self._set(Step(composition, middle(composition) if asked is None else asked), History())
        self.change(composed=self.state.composed.with_words(kit.queries))  # what was there before the kit stays
        if self._is_seen:
            self.asking.begin()

    @Slot(object)
    def ask(self, query: str) -> None:
        """Ask about an object, and select it if it is there."""
        if query != self.state.query and query in self.state.composed.picture.queries:
            self.change(query=query, selected=place_of(query, self.state.composed.composition))
            self.asking.ask()

    def select(self, place: int | None) -> None:
        """Select an object and ask about it, or none."""
        if place != self.state.selected:
            self._set(Step(self.state.composed.composition, place), self.state.history)

    def select_at(self, x: float, y: float) -> bool:
        """Select what is at a point of the image; whether there is something."""
        composed = self.state.composed
        self.select(object_at(composed.composition, composed.scene, x, y))
        return self.state.selected is not None

    def edit(self, edit: Edit, stroke: str = "") -> None:
        """Change the scene; can be undone.

        Args:
            edit: One of `scene_edits`.
            stroke: The movement of the hand that it is part of; edits of one stroke are undone together.
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
        """Put one of the kit's objects on top, and select it; it may be dragged on."""
        self.let_go()
        self.edit(placed(taken, x, y), "move")

    def scale(self, scale: float) -> None:
        """Make the selected object this large; the next digit that is placed, too."""
        self.edit(scaled(scale), "scale")
        if self.state.object is not None:
            self.change(kit=self.state.kit.after(self.state.object))

    def recolour(self, colour: str) -> None:
        """Give the selected digit a colour; the next one that is placed, too."""
        kit = self.state.kit
        if isinstance(kit, DigitKit):
            self.change(kit=replace(kit, colour=colour))
        self.edit(recoloured(colour))

    @Slot()
    def let_go(self) -> None:
        """End a stroke: what comes next is another step of the history."""
        self.change(history=self.state.history.ended(self.state.step))

    @Slot()
    def undo(self) -> None:
        """Go back to the scene before the last edit."""
        history = self.state.history
        if history.past:
            self._set(history.past[-1], history.back(self.state.step))

    @Slot()
    def redo(self) -> None:
        """Take back what was undone last."""
        history = self.state.history
        if history.future:
            self._set(history.future[-1], history.forth(self.state.step))

    def draw_random(self, kind: str) -> None:
        """Compose a random scene of a kind, each time another; of the kit's first kind where it has none such."""
        self.restore(self.state.kit.scene(kind, next(self._seeds)))

    def draw_background(self, kind: str) -> None:
        """Put the objects on a background of a kind, each time another."""
        background, clear = self.state.kit.background(kind, next(self._seeds))
        self.edit(laid_on(background, clear=clear))

    @Slot(object)
    def take_background(self, image: Background) -> None:
        """Put the objects on an image that may show such objects itself."""
        self.edit(laid_on(image, clear=False))

    @Slot(object)
    def restore(self, composition: Composition) -> None:
        """Compose a scene that can be had again without this one; can be undone."""
        self.edit(lambda _: Step(composition, middle(composition)))
        self.change(kept=composition)

    def come_back(self, earlier: ComposerState) -> None:
        """Compose the scene of an earlier moment again, which is as unsaved as it was; can be undone."""
        composition = earlier.composed.composition
        if composition != self.scene:
            self.restore(composition)
            if earlier.is_unsaved:
                self.change(kept=earlier.kept)

    def close(self, timeout_ms: int) -> bool:
        """End the threads; the session is of no use afterwards."""
        self.leave()
        return all([self.files.close(timeout_ms), self.kits.close(timeout_ms)])

    def _set(self, step: Step, history: History[Step]) -> None:
        composed = self.state.composed
        if step.composition is not composed.composition:
            composed = Composed.of(step.composition, self.state.kit.queries)
        query = self.state.query if step.object is None else step.object.query
        self.change(composed=composed, selected=step.selected, query=query, history=history)
        self.asking.ask()
