"""The state of the browser of a reference set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int

from pan.data.guesses import Guesses
from pan.evaluation.answer_file import Evaluated
from pan.evaluation.answer_selection import Order, Selection, select, sort_values
from pan.evaluation.answer_table import AnswerTable, QuestionTable
from pan.system.errors import InputError
from pan_explorer.pictures.picture import Picture
from pan_explorer.state.evaluation import Progress

NO_ROWS: Int[np.ndarray, " r"] = np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class BrowserState:
    """A set, networks' answers to it, and the selected questions.

    Attributes:
        open: Whether questions are listed instead of images.
        folder: The set; None until one is opened.
        pictures: Its images.
        questions: Its questions.
        evaluated: Answers to them, by network.
        selection: The filter of questions.
        order: The order of the listed questions.
        current: Index of the shown question in the list; -1 if it is not listed.
        progress: Progress of an evaluation; None if none is running.
        guesses: Accuracy of guesses without the images; None until known.
    """

    open: bool = False
    folder: Path | None = None
    pictures: tuple[Picture, ...] = ()
    questions: QuestionTable | None = None
    evaluated: Mapping[str, Evaluated] = field(default_factory=dict)
    selection: Selection = field(default_factory=Selection)
    order: Order = field(default_factory=Order)
    current: int = -1
    progress: Progress | None = None
    guesses: Guesses | None = None

    @cached_property
    def tables(self) -> Mapping[str, AnswerTable]:
        """Answer tables of the networks."""
        return {network: each.answers for network, each in self.evaluated.items()}

    @property
    def measured(self) -> str:
        """The part on which metrics are computed; empty if it is the whole set."""
        return "test" if self.questions is not None and "test" in self.questions.parts else ""

    @property
    def named(self) -> frozenset[str]:
        """The networks whose answers the filter and the order need."""
        return self.selection.networks | self.order.networks

    @property
    def missing(self) -> frozenset[str]:
        """Those of them that must be evaluated before the filter can be applied."""
        return self.named - set(self.evaluated)

    def unknown(self, networks: Iterable[str]) -> list[str]:
        """Of some networks and those that the filter and the order need, the ones that have not been evaluated."""
        return [name for name in dict.fromkeys((*networks, *sorted(self.missing))) if name not in self.evaluated]

    @cached_property
    def rows(self) -> Int[np.ndarray, " r"]:
        """The indices of the listed questions, in order; empty while networks are missing."""
        if self.questions is None:
            return NO_ROWS
        try:
            return select(self.questions, self.tables, self.selection, self.order)
        except InputError:
            return NO_ROWS

    @cached_property
    def sorted_by(self) -> Float[np.ndarray, " R"] | None:
        """The sort value of each question; None without one."""
        if self.questions is None or self.missing:
            return None
        return sort_values(self.questions, self.tables, self.order)

    def place_of(self, picture: Picture | None, query: str) -> int:
        """Index of a question in the list; -1 if it is not listed."""
        if self.questions is None or picture is None or not len(self.rows):
            return -1
        number = self._numbers.get(id(picture), -1)

        def fits(rows: Int[np.ndarray, " r"]) -> Int[np.ndarray, " f"]:
            questions = self.questions
            if questions is None:
                return NO_ROWS
            return np.flatnonzero((questions.image[rows] == number) & (questions.query[rows] == query))

        if 0 <= self.current < len(self.rows) and len(fits(self.rows[[self.current]])):
            return self.current
        places = fits(self.rows)
        return int(places[0]) if len(places) else -1

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        return {id(picture): number for number, picture in enumerate(self.pictures)}
