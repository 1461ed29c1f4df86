"""Composing a scene: what is in it, what is selected, and the steps that led there."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from pan.data.composer.composition import Background, Composition
from pan.data.composer.drawing import digit_at
from pan.data.composer.variations import random_background, random_composition
from pan.recipes.digits import KINDS
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError
from pan_explorer.answering.thread import Answering
from pan_explorer.session.composer.asking import SceneAsking
from pan_explorer.session.composer.document import ComposerDocument
from pan_explorer.session.composer.files import SceneFiles
from pan_explorer.state.composer import Composed, ComposerState, Step
from pan_explorer.state.history import History
from pan_explorer.state.scene_edits import Edit, laid_on, middle, place_of, placed, recoloured, scaled


class ComposerSession(ComposerDocument):
    """Composes one scene.

    Args:
        answering: The thread that asks the networks.
        parent: Owner.

    Attributes:
        asking: Asks the networks about the scene.
        files: Reads and writes scenes.
    """

    failed = Signal(str)
    succeeded = Signal(str)

    def __init__(self, answering: Answering, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = ""
        self._seeds = count()
        self.asking = SceneAsking(self, answering)
        self.files = SceneFiles(self)
        self.files.background_read.connect(self.take_background)
        self.files.scene_read.connect(self.restore)
        self.files.succeeded.connect(self.succeeded)
        self.files.failed.connect(self.failed)

    @property
    def scene(self) -> Composition | None:
        """What is composed, None as long as nobody composed or looked on."""
        return self.state.composed.composition if self._kind or self.state.history.past else None

    def enter(self, kind: str) -> None:
        """Answer from now on; as long as nothing was composed, about a random scene of the task."""
        if kind != self._kind and not self.state.history.past:
            self._kind = kind
            composition = self._random(kind)
            asked = place_of(self.state.query, composition)
            self._set(Step(composition, middle(composition) if asked is None else asked), History())
        self.asking.begin()

    @Slot(object)
    def ask(self, query: str) -> None:
        """Ask about a digit, and select it if it is there."""
        if query != self.state.query and query in MNIST_REFERENCE.queries:
            self.change(query=query, selected=place_of(query, self.state.composed.composition))
            self.asking.ask()

    def select(self, place: int | None) -> None:
        """Select a digit and ask about it, or none."""
        if place != self.state.selected:
            self._set(Step(self.state.composed.composition, place), self.state.history)

    def select_at(self, x: float, y: float) -> bool:
        """Select what is at a point of the image; whether there is something."""
        composed = self.state.composed
        self.select(digit_at(composed.composition, composed.scene, x, y))
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

    def place(self, digit: int, x: float, y: float) -> None:
        """Put a digit on top, in the brush's colour and size, and select it; it may be dragged on."""
        self.let_go()
        self.edit(placed(digit, self.state.brush, x, y), "move")

    def scale(self, scale: float) -> None:
        """Make the selected digit this large; the next one that is placed, too."""
        self.edit(scaled(scale), "scale")
        if digit := self.state.digit:
            self.change(brush=replace(self.state.brush, scale=digit.scale))

    def recolour(self, colour: str) -> None:
        """Give the selected digit a colour; the next one that is placed, too."""
        self.change(brush=replace(self.state.brush, colour=colour))
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
        """Compose a random scene of a task, each time another; a task without digits gets one on black."""
        self.restore(self._random(kind))

    def draw_background(self, kind: str) -> None:
        """Put the digits on a background of a task, each time another."""
        self.edit(laid_on(random_background(kind, np.random.default_rng(next(self._seeds))), clear=True))

    @Slot(object)
    def take_background(self, image: Background) -> None:
        """Put the digits on an image that may show digits itself."""
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
        self.asking.end()
        return self.files.close(timeout_ms)

    def _random(self, kind: str) -> Composition:
        return random_composition(kind if kind in KINDS else KINDS[0], next(self._seeds))

    def _set(self, step: Step, history: History[Step]) -> None:
        composed = self.state.composed
        if step.composition is not composed.composition:
            composed = Composed.of(step.composition)
        query = self.state.query if step.digit is None else str(step.digit.digit)
        self.change(composed=composed, selected=step.selected, query=query, history=history)
        self.asking.ask()
