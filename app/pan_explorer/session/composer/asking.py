"""The part of the composer's document that asks the networks about the scene, and about its object at every scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from pan.attention.surgery import Surgery
from pan_explorer.answering.requests import UNTOUCHED, Question, SweepQuestion
from pan_explorer.answering.thread import Answering
from pan_explorer.session.composer.document import ComposerDocument
from pan_explorer.state.answers import Answers
from pan_explorer.state.sweep import Swept
from pan_explorer.values.view import Model

ASKER, SWEEPER = "scene", "sweep"
IDLE_MS = 150
"""So long nothing must have changed for a sweep to begin."""


class SceneAsking(QObject):
    """Keeps the answers to the scene; a scene that moves is shown as it goes, and swept once it rests.

    Args:
        document: Whose scene it is.
        answering: The thread that asks the networks.
    """

    def __init__(self, document: ComposerDocument, answering: Answering) -> None:
        super().__init__(document)
        self._document, self._answering = document, answering
        self._models: tuple[str, ...] = ()
        self._surgeries: Mapping[str, Surgery] = UNTOUCHED
        self._active = False
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._sweep)
        answering.answered.connect(self._take)
        answering.swept.connect(self._take_sweep)

    def begin(self) -> None:
        """Ask from now on."""
        self._active = True
        self.ask()

    def end(self) -> None:
        """Ask no more until the page is seen again."""
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
        """Ask these models from now on, as far as they are shown."""
        self._models = tuple(model.name for model in models if model.shown)
        self.ask()

    def ask_again(self) -> None:
        """Ask the models anew, for one of them would answer otherwise now."""
        self._document.change(sweep=None)
        self.ask()

    def operate_on(self, surgeries: Mapping[str, Surgery]) -> None:
        """Ask the models under these surgeries from now on."""
        self._surgeries = surgeries
        self.ask_again()

    def sweep_alone(self, alone: bool) -> None:
        """Sweep with the selected object alone on the background, or among the others."""
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
        if question.asker == ASKER and answers.query == self._document.state.query:  # else another object was selected
            self._document.change(answers=answers)

    @Slot(object, object)
    def _take_sweep(self, sweep: Swept, question: SweepQuestion) -> None:
        if question.surgeries != self._surgeries:  # it began before the networks were changed
            return
        state = self._document.state
        if sweep.alone == state.alone and sweep.holds_for(state.composed.composition, state.selected):
            self._document.change(sweep=sweep)
