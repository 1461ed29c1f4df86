"""The part of the session for the browser: the questions of a set, evaluated, filtered and sorted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from pan.evaluation.answer_file import Evaluated
from pan.evaluation.answer_selection import Order, Selection
from pan.system.renaming import with_name
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
"""Cached properties that a new state can take from the last one, if no field in `LISTED` has changed."""


class BrowserSession(QObject):
    """Holds the questions of the opened set, and has networks evaluated on them.

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
        self._guesses = Jobs(self)  # a separate queue, so that cached answers need not wait for it
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
        """The present state."""
        return self._state

    def is_evaluating(self) -> bool:
        """Whether an evaluation is running."""
        return self._state.progress is not None

    def take_set(self, read: PictureSet) -> None:
        """Replace the set; list all its questions, or those awaited by `await_set`."""
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

    def return_to(self, state: BrowserState) -> None:
        """Return to an earlier state."""
        self.cancel()
        self._change(folder=state.folder, pictures=state.pictures, questions=state.questions,
                     evaluated=state.evaluated, selection=state.selection, order=state.order, open=state.open,
                     guesses=state.guesses)

    def restore(self, browsed: Browsed, networks: Sequence[str]) -> None:
        """Restore the filter and order of a saved session.

        Args:
            browsed: What the session file holds of the browser.
            networks: Networks whose cached answers are read.
        """
        self._change(open=browsed.open, selection=browsed.selection, order=browsed.order)
        if browsed.open:
            self.recall(networks)

    def await_set(self, folder: Path, selection: Selection, order: Order, networks: Sequence[str]) -> None:
        """Prepare what is listed when this set is opened; networks needed for it are evaluated then.

        Args:
            folder: The set.
            selection: The filter.
            order: The order.
            networks: Further networks whose cached answers are read.
        """
        self._awaited = folder, selection, order, tuple(networks)

    def show(self, networks: Sequence[str]) -> None:
        """Show questions in the strip instead of images, and read the cached answers of these networks."""
        if self._state.folder is None:
            self.failed.emit(WHAT_IS_A_SET)
            return
        self._change(open=True)
        self.recall(networks)

    def toggle(self, networks: Sequence[str]) -> None:
        """Switch between questions and images in the strip."""
        if self._state.open:
            self.hide()
        else:
            self.show(networks)

    def hide(self) -> None:
        """Show images in the strip."""
        self._change(open=False)

    def recall(self, networks: Sequence[str]) -> None:
        """Read the cached answers of these networks, from earlier evaluations."""
        folder, names = self._state.folder, self._state.unknown(networks)
        if folder is not None and names and not self._jobs.is_busy():
            self._jobs.add(lambda: recall_all(folder, names))
        self._guess()

    def forget(self, network: str) -> None:
        """Remove the answers of a network whose weights have changed."""
        evaluated = self._state.evaluated
        if network in evaluated:
            self._change(evaluated={name: answers for name, answers in evaluated.items() if name != network})

    def rename(self, old: str, new: str) -> None:
        """Give a network its new name; without a new name it is removed from the answers, the filter and the order."""
        state = self._state
        if old in {*state.evaluated, *state.named}:
            self._change(evaluated=with_name(state.evaluated, old, new), selection=state.selection.renamed(old, new),
                         order=state.order.renamed(old, new))

    def keep(self, networks: Collection[str]) -> None:
        """Remove all other networks from the filter and the order."""
        selection, order, others = self._state.selection, self._state.order, self._state.named - set(networks)
        for name in others:
            selection, order = selection.renamed(name, ""), order.renamed(name, "")
        if others:
            self._change(selection=selection, order=order)

    def list_questions(self, selection: Selection, order: Order) -> None:
        """Set filter and order; the list stays empty until the networks that they need have been evaluated."""
        self._change(selection=selection, order=order)

    def evaluate(self, networks: Sequence[str]) -> None:
        """Evaluate networks, and those of the filter, on the set, except those that have answered it already."""
        folder, names = self._state.folder, self._state.unknown(networks)
        if folder is None:
            self.failed.emit(WHAT_IS_A_SET)
            return
        if not names:
            return
        self._change(progress=Progress("beginning"))
        self._jobs.replace(lambda: evaluate_all(folder, names))
        self._guess()

    def cancel(self) -> None:
        """Cancel the evaluation after the present batch; finished networks keep their answers."""
        if self._jobs.is_busy():
            self._jobs.drop()
            self._change(progress=None)

    def choose(self, place: int) -> None:
        """Choose a question by its index in the list."""
        questions = self._state.questions
        if questions is None or not 0 <= place < len(self._state.rows):
            return
        row = self._state.rows[place]
        self._shown = self._state.pictures[questions.image[row]], str(questions.query[row])
        self._change(current=place)
        self.question_chosen.emit(*self._shown)

    def step(self, steps: int) -> bool:
        """Choose the question this many places further; False if no questions are listed."""
        rows = len(self._state.rows)
        if not self._state.open or not rows:
            return False
        self.choose(min(max(self._state.current + steps, 0), rows - 1))
        return True

    def mark(self, picture: Picture | None, query: str) -> None:
        """Mark the question that the window shows, if it is listed."""
        self._shown = picture, query
        self._change()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self.cancel()
        self._guesses.drop()
        return all([self._jobs.close(timeout_ms), self._guesses.close(timeout_ms)])

    def _guess(self) -> None:
        """Compute the accuracy of guesses on the set, once per set."""
        folder = self._state.folder
        if folder is not None and self._state.guesses is None and self._guessed != folder:
            self._guessed = folder
            self._guesses.replace(lambda: guess(folder))

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
