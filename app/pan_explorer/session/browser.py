"""The browser's part of the window's document: a set's questions, evaluated, filtered and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from pan.evaluation.answer_file import Evaluated
from pan.evaluation.answer_selection import Order, Selection
from pan_explorer.background.evaluation import evaluate_all, guess, recall_all, recall_and_evaluate
from pan_explorer.background.jobs import Jobs
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import PictureSet
from pan_explorer.state.browser import BrowserState
from pan_explorer.state.browser_json import Browsed
from pan_explorer.state.evaluation import Event, Finished, Guessed, Progress, Refused

WHAT_IS_A_SET = "Open a reference set first: a folder with index.csv (Ctrl+Shift+O)."

LISTED = {"pictures", "questions", "evaluated", "selection", "order"}
COMPUTED = {"tables", "rows", "sorted_by", "_numbers"}
"""What a state computes from these fields, and the next one need not compute again while they stay."""


class BrowserSession(QObject):
    """Knows the questions of the set in the strip.

    Args:
        parent: Owner.
    """

    state_changed = Signal(object)  # BrowserState
    question_chosen = Signal(object, str)  # Picture, query
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = BrowserState()
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(self._on_progress)
        self._jobs.failed.connect(self.failed)
        self._guesses = Jobs(self)  # of its own: answers that were kept are not to wait for it
        self._guesses.progressed.connect(self._on_progress)
        self._guesses.failed.connect(self.failed)
        for ended in (self._jobs.finished, self._jobs.failed):
            ended.connect(self._on_ended)
        self._guessed: Path | None = None
        self._shown: tuple[Picture | None, str] = (None, "")
        self._first_shown = True
        self._awaited: tuple[Path, Selection, Order, tuple[str, ...]] | None = None

    @property
    def state(self) -> BrowserState:
        """What is listed now."""
        return self._state

    def is_evaluating(self) -> bool:
        """Whether networks are being asked all questions."""
        return self._state.progress is not None

    def take_set(self, read: PictureSet) -> None:
        """Browse another set, all of it; what was evaluated belongs to the one before."""
        self.cancel()
        self._guessed = None
        awaited, selection, order, others = self._awaited or (None, Selection(), Order(), ())
        if read.folder != awaited:
            self._change(folder=read.folder, pictures=read.pictures, questions=read.questions, evaluated={},
                         selection=Selection(), order=Order(), guesses=None)
            return
        self._awaited, self._first_shown = None, False
        self._change(folder=read.folder, pictures=read.pictures, questions=read.questions, evaluated={},
                     selection=selection, order=order, open=True, guesses=None)
        needed = sorted(self._state.missing)
        self._change(progress=Progress("beginning"))
        self._jobs.replace(lambda: recall_and_evaluate(read.folder, others, needed))
        self._guess()

    def come_back(self, state: BrowserState) -> None:
        """Browse the set again that was browsed at an earlier moment, listed as it was."""
        self.cancel()
        self._change(folder=state.folder, pictures=state.pictures, questions=state.questions,
                     evaluated=state.evaluated, selection=state.selection, order=state.order, open=state.open,
                     guesses=state.guesses)

    def browse(self, browsed: Browsed, networks: Sequence[str]) -> None:
        """List what was picked out when a session was saved, with the answers that were kept of these networks."""
        self._change(open=browsed.open, selection=browsed.selection, order=browsed.order)
        if browsed.open:
            self.recall(networks)

    def await_set(self, folder: Path, selection: Selection, order: Order, networks: Sequence[str]) -> None:
        """Once this set is opened, list these of its questions, after the networks have answered that it takes.

        The answers that were kept of the other networks are taken too.
        """
        self._awaited = folder, selection, order, tuple(networks)

    def show(self, networks: Sequence[str]) -> None:
        """List questions instead of images, with the answers that were kept of these networks."""
        if self._state.folder is None:
            self.failed.emit(WHAT_IS_A_SET)
            return
        self._change(open=True)
        self.recall(networks)

    def toggle(self, networks: Sequence[str]) -> None:
        """List the questions of the set instead of its images, or its images again."""
        if self._state.open:
            self.hide()
        else:
            self.show(networks)

    def hide(self) -> None:
        """List images again."""
        self._change(open=False)

    def recall(self, networks: Sequence[str]) -> None:
        """Take the answers that were kept of these networks' earlier evaluations."""
        folder, names = self._state.folder, self._unknown(networks)
        if folder is not None and names and not self._jobs.is_busy():
            self._jobs.add(lambda: recall_all(folder, names))
        self._guess()

    def forget(self, network: str) -> None:
        """Know nothing of a network's answers any more, for it would give others now."""
        evaluated = self._state.evaluated
        if network in evaluated:
            self._change(evaluated={name: answers for name, answers in evaluated.items() if name != network})

    def want(self, selection: Selection, order: Order) -> None:
        """List these questions in this order; nothing is listed as long as networks are missing for it."""
        self._change(selection=selection, order=order)

    def evaluate(self, networks: Sequence[str]) -> None:
        """Ask networks all questions of the set, those left out that have answered."""
        folder, names = self._state.folder, self._unknown(networks)
        if folder is None:
            self.failed.emit(WHAT_IS_A_SET)
            return
        if not names:
            return
        self._change(progress=Progress("beginning"))
        self._jobs.replace(lambda: evaluate_all(folder, names))
        self._guess()

    def cancel(self) -> None:
        """Leave the evaluation after its batch; networks that are through stay."""
        if self._jobs.is_busy():
            self._jobs.drop()
            self._change(progress=None)

    def choose(self, place: int) -> None:
        """Show a question of the list."""
        questions = self._state.questions
        if questions is None or not 0 <= place < len(self._state.rows):
            return
        row = self._state.rows[place]
        self._shown = self._state.pictures[questions.image[row]], str(questions.query[row])
        self._change(current=place)
        self.question_chosen.emit(*self._shown)

    def step(self, steps: int) -> bool:
        """Show the question so many places further; False if images are listed, or no questions."""
        rows = len(self._state.rows)
        if not self._state.open or not rows:
            return False
        self.choose(min(max(self._state.current + steps, 0), rows - 1))
        return True

    def follow(self, picture: Picture | None, query: str) -> None:
        """Mark the question that is shown, if it is listed."""
        self._shown = picture, query
        self._change()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self.cancel()
        self._guesses.drop()
        return all([self._jobs.close(timeout_ms), self._guesses.close(timeout_ms)])

    def _guess(self) -> None:
        """Find out what guesses reach on the set, unless that is known."""
        folder = self._state.folder
        if folder is not None and self._state.guesses is None and self._guessed != folder:
            self._guessed = folder
            self._guesses.replace(lambda: guess(folder))

    def _unknown(self, networks: Sequence[str]) -> list[str]:
        return [network for network in networks if network not in self._state.evaluated]

    def _change(self, **fields: Any) -> None:  # noqa: ANN401 - each field has a type of its own
        state = replace(self._state, **fields)
        if not LISTED & set(fields):
            state.__dict__.update({name: value for name, value in self._state.__dict__.items() if name in COMPUTED})
        self._state = replace(state, current=state.place_of(*self._shown))
        self.state_changed.emit(self._state)

    @Slot(object)
    def _on_progress(self, events: tuple[Event, ...]) -> None:
        state = self._state
        evaluated: dict[str, Evaluated] = {}
        progress = state.progress
        for event in events:
            match event:
                case Progress():
                    progress = event
                case Finished(folder, network, answers) if folder == state.folder:
                    evaluated[network] = answers
                case Guessed(folder, levels) if folder == state.folder:
                    self._change(guesses=levels)
                case Refused(_, sentence):
                    self.failed.emit(sentence)
        if evaluated:
            self._change(evaluated={**state.evaluated, **evaluated})
        if progress is not state.progress:
            self._change(progress=progress)
        if not self._first_shown and len(self._state.rows):
            self._first_shown = True
            self.choose(0)

    @Slot()
    def _on_ended(self) -> None:
        self._change(progress=None)
