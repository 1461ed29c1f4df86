"""The composing half of the window's document: a scene, the verbs that change it, and the networks' answers to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pan.attention.surgery import Surgery
from pan.data.composer.composition import Background, Composition, Placed
from pan.data.composer.drawing import digit_at
from pan.data.composer.variations import at_scales, random_background, random_composition, sweep_scales, variations
from pan.data.digits.backgrounds import SIZE
from pan.recipes.digits import KINDS
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError
from pan_explorer.answering.composer import ComposerAnswering, SceneQuestion, SweepQuestion
from pan_explorer.background.composer_files import ComposerFiles, Saving
from pan_explorer.state.answers import Answers
from pan_explorer.state.composer import Composed, ComposerState, History, Step
from pan_explorer.state.sweep import Swept
from pan_explorer.values.view import Model

IDLE_MS = 150
"""So long nothing must have changed for a sweep to begin."""
HANDS = 20
"""So many copies of a digit are each written in a hand of their own."""
BESIDE = 8.0
"""How far a duplicate lies from its original, in pixels."""


class ComposerSession(QObject):
    """Composes one scene. Verbs about the selected digit do nothing while none is selected.

    A signal `NAME_changed` carries the new value of the state's field of that name.

    Args:
        parent: Owner.
    """

    composed_changed = Signal(object)
    selected_changed = Signal(object)
    query_changed = Signal(object)
    brush_changed = Signal(object)
    history_changed = Signal(object)
    answers_changed = Signal(object)
    sweep_changed = Signal(object)
    alone_changed = Signal(object)
    folder_changed = Signal(object)
    saving_changed = Signal(object)
    failed = Signal(str)
    succeeded = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = ComposerState()
        self._models: tuple[str, ...] = ()
        self._surgeries: Mapping[str, Surgery] = {}
        self._active, self._kind = False, ""
        self._seeds, self._stroke = count(), 0
        self._answering = ComposerAnswering(self)
        self._answering.answered.connect(self._take_answers)
        self._answering.swept.connect(self._take_sweep)
        self._answering.failed.connect(self.failed)
        self._files = ComposerFiles(self)
        self._files.written.connect(self._tell_written)
        self._files.background_read.connect(self._take_background)
        self._files.composition_read.connect(self._take_composition)
        self._files.failed.connect(self._tell_failed)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._sweep)

    @property
    def state(self) -> ComposerState:
        """The state as it is now."""
        return self._state

    @property
    def scene(self) -> Composition | None:
        """What is composed, None as long as nobody composed or looked on."""
        return self._state.composed.composition if self._kind or self._state.history.past else None

    def enter(self, kind: str) -> None:
        """Answer from now on; as long as nothing was composed, about a random scene of the task."""
        self._active = True
        if kind != self._kind and not self._state.history.past:
            self._kind = kind
            composition = self._random(kind)
            asked = _place_of(self._state.query, composition)
            self._set(composition, _middle(composition) if asked is None else asked, History())
        self._ask()

    def leave(self) -> None:
        """Answer no more until the page is seen again."""
        self._active = False
        self._idle.stop()

    @Slot(object)
    def compare(self, models: Sequence[Model]) -> None:
        """Ask these models from now on, as far as they are shown."""
        self._models = tuple(model.name for model in models if model.shown)
        self._ask()

    def ask_again(self) -> None:
        """Ask the models anew, for one of them would answer otherwise now."""
        self._change(sweep=None)
        self._ask()

    def operate_on(self, surgeries: Mapping[str, Surgery]) -> None:
        """Ask the models under these surgeries from now on."""
        self._surgeries = surgeries
        self.ask_again()

    @Slot(object)
    def ask(self, query: str) -> None:
        """Ask about a digit, and select it if it is there."""
        if query == self._state.query or query not in MNIST_REFERENCE.queries:
            return
        self._change(query=query, selected=_place_of(query, self._state.composed.composition))
        self._ask()

    def select(self, place: int | None) -> None:
        """Select a digit and ask about it, or none."""
        if place != self._state.selected:
            self._set(self._state.composed.composition, place, self._state.history)

    def select_at(self, x: float, y: float) -> bool:
        """Select what is at a point of the image; whether there is something."""
        composed = self._state.composed
        self.select(digit_at(composed.composition, composed.scene, x, y))
        return self._state.selected is not None

    def place(self, digit: int, x: float, y: float) -> None:
        """Put a digit on top, in the brush's colour and size, and select it."""
        brush = self._state.brush
        hand = sum(each.digit == digit for each in self._state.composed.composition.placed) % HANDS
        self.let_go()
        self._add(Placed(digit, hand, brush.colour, 1.0, 50.0, 50.0).scaled(brush.scale).moved(x, y), "move")

    def move(self, x: float, y: float) -> None:
        """Put the selected digit's centre there, or as near as the image lets it."""
        if digit := self._state.digit:
            self._replace(digit.moved(x, y), "move")

    def nudge(self, dx: float, dy: float) -> None:
        """Move the selected digit a little."""
        if digit := self._state.digit:
            self._replace(digit.moved(digit.x + dx, digit.y + dy), "nudge")

    def scale(self, scale: float) -> None:
        """Make the selected digit this large; the next one that is placed, too."""
        if digit := self._state.digit:
            self._replace(digit.scaled(scale), "scale")
            self._change(brush=replace(self._state.brush, scale=digit.scaled(scale).scale))

    def recolour(self, colour: str) -> None:
        """Give the selected digit a colour; the next one that is placed, too."""
        self._change(brush=replace(self._state.brush, colour=colour))
        if digit := self._state.digit:
            self._replace(replace(digit, colour=colour))

    @Slot()
    def rewrite(self) -> None:
        """Write the selected digit in another hand."""
        if digit := self._state.digit:
            self._replace(digit.rewritten(), "rewrite")

    @Slot()
    def duplicate(self) -> None:
        """Put the selected digit there once more, a little aside."""
        if digit := self._state.digit:
            x, y = (BESIDE if place < 50 else -BESIDE for place in (digit.x, digit.y))
            self._add(digit.moved(digit.x + x, digit.y + y))

    @Slot()
    def bring_to_front(self) -> None:
        """Put the selected digit above all others."""
        placed, place = self._state.composed.composition.placed, self._state.selected
        if place is not None and place < len(placed) - 1:
            self._edit(self._state.composed.composition.with_digit_in_front(place), len(placed) - 1)

    @Slot()
    def delete(self) -> None:
        """Take the selected digit away."""
        if self._state.selected is not None:
            self._edit(self._state.composed.composition.without_digit(self._state.selected), None)

    @Slot()
    def clear(self) -> None:
        """Take all digits away."""
        if self._state.composed.composition.placed:
            self._edit(replace(self._state.composed.composition, placed=()), None)

    def draw_random(self, kind: str) -> None:
        """Compose a random scene of a task, each time another; a task without digits gets one on black."""
        composition = self._random(kind)
        self._edit(composition, _middle(composition))

    def draw_background(self, kind: str) -> None:
        """Put the digits on a background of a task, each time another."""
        self._lay(random_background(kind, np.random.default_rng(next(self._seeds))), clear=True)

    def take_background(self, image: Background) -> None:
        """Put the digits on an image that may show digits itself."""
        self._lay(image, clear=False)

    def open_background(self, path: Path) -> None:
        """Put the digits on the middle of an image file."""
        self._files.read_background(path)

    def open_composition(self, path: Path) -> None:
        """Go on with a scene that was saved."""
        self._files.read_composition(path)

    @Slot()
    def let_go(self) -> None:
        """End a stroke: what comes next is another step of the history."""
        self._stroke += 1

    @Slot()
    def undo(self) -> None:
        """Go back to the scene before the last edit."""
        history = self._state.history
        if history.past:
            self._go(history.past[-1], history.back(self._state.step))

    @Slot()
    def redo(self) -> None:
        """Take back what was undone last."""
        history = self._state.history
        if history.future:
            self._go(history.future[-1], history.forth(self._state.step))

    def save_scene(self, folder: Path) -> None:
        """Add the scene to a reference set, or begin one."""
        self._files.save(folder, [self._state.composed.composition], 1)

    def save_sweep(self, folder: Path) -> None:
        """Add a scene for each scale of the selected digit, with rows about that digit alone."""
        if self._state.selected is None or self._state.digit is None:
            self.failed.emit("Select the digit whose scale is to be swept first.")
            return
        series = at_scales(self._state.composed.composition, self._state.selected, sweep_scales())
        self._files.save(folder, series, len(series), str(self._state.digit.digit))

    def save_variations(self, folder: Path, number: int) -> None:
        """Add scenes that differ from this one by chance."""
        self._files.save(folder, variations(self._state.composed.composition, number, seed=0), number)

    def sweep_alone(self, alone: bool) -> None:
        """Sweep with the selected digit alone on the background, or among the others."""
        self._change(alone=alone)
        self._sweep()

    def restore(self, composition: Composition) -> None:
        """Compose a scene that was kept; can be undone."""
        self._take_composition(composition)

    def close(self, timeout_ms: int) -> bool:
        """End the threads; the session is of no use afterwards."""
        self.leave()
        self._answering.close()
        return self._files.close(timeout_ms)

    def _random(self, kind: str) -> Composition:
        return random_composition(kind if kind in KINDS else KINDS[0], next(self._seeds))

    def _add(self, digit: Placed, stroke: str = "") -> None:
        try:
            composition = self._state.composed.composition.with_digit(digit)
        except InputError as error:
            self.failed.emit(str(error))
            return
        self._edit(composition, len(composition.placed) - 1, stroke)

    def _replace(self, digit: Placed, stroke: str = "") -> None:
        place = self._state.selected
        if place is not None and digit != self._state.digit:
            composition = self._state.composed.composition.with_digit_changed(place, digit)
            self._edit(composition, place, stroke)

    def _lay(self, background: Background, *, clear: bool) -> None:
        self._edit(self._state.composed.composition.on(background, clear=clear), self._state.selected)

    def _edit(self, composition: Composition, selected: int | None, stroke: str = "") -> None:
        stroke = f"{stroke} {self._stroke}" if stroke else ""
        self._set(composition, selected, self._state.history.after(self._state.step, stroke))

    def _go(self, step: Step, history: History) -> None:
        self._set(step.composition, step.selected, history)

    def _set(self, composition: Composition, selected: int | None, history: History) -> None:
        query = self._state.query if selected is None else str(composition.placed[selected].digit)
        composed = self._state.composed
        if composition is not composed.composition:
            composed = Composed.of(composition)
        self._change(composed=composed, selected=selected, query=query, history=history)
        self._ask()

    def _change(self, **fields: Any) -> None:  # noqa: ANN401 - each field has a type of its own
        before, self._state = self._state, replace(self._state, **fields)
        for name in fields:
            if getattr(before, name) != (value := getattr(self._state, name)):
                getattr(self, f"{name}_changed").emit(value)

    def _ask(self) -> None:
        if self._active:
            picture, query = self._state.composed.picture, self._state.query
            self._answering.ask(SceneQuestion(picture, query, self._models, self._surgeries))
            self._idle.start()

    @Slot()
    def _sweep(self) -> None:
        place, sweep = self._state.selected, self._state.sweep
        if place is not None and not (self._state.sweep_holds and sweep and set(self._models) <= set(sweep.curves)):
            composition, alone = self._state.composed.composition, self._state.alone
            self._answering.sweep(SweepQuestion(composition, place, self._models, alone, self._surgeries))

    @Slot(object)
    def _take_answers(self, answers: Answers) -> None:
        if answers.query == self._state.query:  # else another digit was selected meanwhile
            self._change(answers=answers)

    @Slot(object, object)
    def _take_sweep(self, sweep: Swept, question: SweepQuestion) -> None:
        if question.surgeries != self._surgeries:  # it began before the networks were changed
            return
        if sweep.alone == self._state.alone and sweep.holds_for(self._state.composed.composition, self._state.selected):
            self._change(sweep=sweep)

    @Slot(object)
    def _take_background(self, background: Background) -> None:
        self.take_background(background)

    @Slot(object)
    def _take_composition(self, composition: Composition) -> None:
        self._edit(composition, _middle(composition))

    @Slot(object)
    def _tell_written(self, saving: Saving) -> None:
        if saving.done < saving.total:
            self._change(saving=f"saving {saving.done:,} of {saving.total:,} scenes")
            return
        self._change(saving="", folder=saving.folder)
        scenes = "the scene" if saving.total == 1 else f"{saving.total:,} scenes"
        self.succeeded.emit(f"Saved {scenes} in {saving.folder}")

    @Slot(str)
    def _tell_failed(self, sentence: str) -> None:
        self._change(saving="")
        self.failed.emit(sentence)


def _place_of(query: str, composition: Composition) -> int | None:
    """The place of the digit that is asked about, of several the uppermost; None if it is not there."""
    places = [place for place, digit in enumerate(composition.placed) if str(digit.digit) == query]
    return places[-1] if places else None


def _middle(composition: Composition) -> int | None:
    """The place of the digit that lies nearest the middle, where it has room to grow."""
    away = [hypot(digit.x - SIZE / 2, digit.y - SIZE / 2) for digit in composition.placed]
    return away.index(min(away)) if away else None
