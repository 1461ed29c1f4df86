"""Inference for the composer: the networks' answers about the scene, and scale sweeps of the selected object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from pan.attention.surgery import Surgery
from pan_explorer.answering.requests import NO_SURGERIES, Question, SweepQuestion
from pan_explorer.answering.thread import Answering
from pan_explorer.session.composer.document import ComposerDocument
from pan_explorer.state.answers import Answers
from pan_explorer.state.sweep import Sweep
from pan_explorer.values.view import Model

ASKER, SWEEPER = "scene", "sweep"
IDLE_MS = 150
"""A sweep begins when nothing has changed for this time."""


class SceneInference(QObject):
    """Keeps answers and sweep up to date with the scene; a sweep waits until the scene no longer changes.

    Args:
        document: The composer's document.
        answering: The inference thread.
    """

    def __init__(self, document: ComposerDocument, answering: Answering) -> None:
        super().__init__(document)
        self._document, self._answering = document, answering
        self._models: tuple[str, ...] = ()
        self._surgeries: Mapping[str, Surgery] = NO_SURGERIES
        self._active = False
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._sweep)
        answering.answered.connect(self._take)
        answering.swept.connect(self._take_sweep)

    def begin(self) -> None:
        """Begin to ask, about this scene and every changed one."""
        self._active = True
        self.ask()

    def end(self) -> None:
        """Stop asking."""
        self._active = False
        self._idle.stop()
        for asker in (ASKER, SWEEPER):
            self._answering.drop(asker)

    def ask(self) -> None:
        """Ask about the scene as it is now."""
        if self._active:
            state = self._document.state
            self._answering.drop(SWEEPER)
            self._answering.ask_next(
                Question(ASKER, state.composed.picture, state.query, self._models, self._surgeries)
            )
            self._idle.start()

    @Slot(object)
    def compare(self, models: Sequence[Model]) -> None:
        """Set the networks; hidden ones are not asked."""
        self._models = tuple(model.name for model in models if model.shown)
        self.ask()

    def ask_again(self) -> None:
        """Discard the sweep and ask again, because a network has changed."""
        self._document.change(sweep=None)
        self.ask()

    def operate_on(self, surgeries: Mapping[str, Surgery]) -> None:
        """Set the attention surgery, and ask again."""
        self._surgeries = surgeries
        self.ask_again()

    def sweep_alone(self, alone: bool) -> None:
        """Set whether sweeps leave the other objects out, and sweep again."""
        self._document.change(alone=alone)
        self._sweep()

    @Slot()
    def _sweep(self) -> None:
        state = self._document.state
        is_known = state.sweep_holds and state.sweep and set(self._models) <= set(state.sweep.curves)
        if state.selected is not None and not is_known:
            self._answering.ask(SweepQuestion(
                SWEEPER, state.composed.composition, state.selected, self._models, state.alone, self._surgeries
            ))  # fmt: skip

    @Slot(object, object)
    def _take(self, answers: Answers, question: Question) -> None:
        if question.asker == ASKER and answers.query == self._document.state.query:  # else they are late
            self._document.change(answers=answers)

    @Slot(object, object)
    def _take_sweep(self, sweep: Sweep, question: SweepQuestion) -> None:
        if question.surgeries != self._surgeries:  # it is late: the surgery has changed meanwhile
            return
        state = self._document.state
        if sweep.alone == state.alone and sweep.holds_for(state.composed.composition, state.selected):
            self._document.change(sweep=sweep)
