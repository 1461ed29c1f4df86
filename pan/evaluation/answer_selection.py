"""Filters and sorts the questions of an evaluated set, for example all that PAN-CTX answers rightly and SAN wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy as np
from jaxtyping import Bool, Float, Int

from pan.evaluation.answer_table import AnswerTable, QuestionTable
from pan.system.errors import InputError
from pan.system.renaming import with_name

Key = Literal["stored", "scale", "confidence", "tpr", "confidence gap", "tpr gap"]
KEYS: tuple[Key, ...] = get_args(Key)

Tables = Mapping[str, AnswerTable]


@dataclass(frozen=True)
class Selection:
    """A filter of questions; an empty word means any.

    Attributes:
        right: Whether each network must be right (True) or wrong (False); other networks may be either.
        query: The query.
        answer: The right answer.
        predicted: The answer of the network `by`.
        by: The network of `predicted`.
        low: Smallest scale of the queried object.
        high: Largest scale of the queried object.
        part: The part of the set.
    """

    right: Mapping[str, bool] = field(default_factory=dict)
    query: str = ""
    answer: str = ""
    predicted: str = ""
    by: str = ""
    low: float = 0.0
    high: float = np.inf
    part: str = ""

    @property
    def networks(self) -> frozenset[str]:
        """The networks whose answers the filter needs."""
        return frozenset({*self.right, *({self.by} if self.predicted else ())})

    def renamed(self, old: str, new: str) -> Selection:
        """The filter with another name for a network; an empty name removes what is asked of the network."""
        right = with_name(self.right, old, new)
        if self.by != old:
            return replace(self, right=right)
        return replace(self, right=right, by=new, predicted=self.predicted if new else "")


@dataclass(frozen=True)
class Order:
    """The order of questions; those without a value come last.

    Attributes:
        key: The sort key; a gap is the value of network `of` minus that of `against`.
        of: The network of the value.
        against: The network to which it is compared.
        descending: Whether the largest value comes first.
    """

    key: Key = "stored"
    of: str = ""
    against: str = ""
    descending: bool = True

    @property
    def networks(self) -> frozenset[str]:
        """The networks whose values the order needs."""
        if self.key in ("stored", "scale"):
            return frozenset()
        return frozenset({self.of, self.against} if self.key.endswith("gap") else {self.of})

    def renamed(self, old: str, new: str) -> Order:
        """The order with another name for a network; without the network it is the stored one."""
        if old not in self.networks:
            return self
        of, against = (new if name == old else name for name in (self.of, self.against))
        return replace(self, of=of, against=against) if new else Order()


def select(questions: QuestionTable, tables: Tables, selection: Selection, order: Order) -> Int[np.ndarray, " r"]:
    """The indices of the filtered questions, in order.

    Args:
        questions: The questions of a set.
        tables: The answers of networks.
        selection: The filter.
        order: The order.

    Raises:
        InputError: If the answers of a network are missing.
    """
    missing = sorted((selection.networks | order.networks) - set(tables))
    if missing:
        raise InputError(f"{', '.join(missing)} was not evaluated on this set; evaluate it first.")
    rows = np.flatnonzero(_wanted(questions, tables, selection))
    values = sort_values(questions, tables, order)
    if values is None:
        return rows
    ranks = -values[rows] if order.descending else values[rows]
    return rows[np.argsort(ranks, kind="stable")]  # NaN sorts behind all


def sort_values(questions: QuestionTable, tables: Tables, order: Order) -> Float[np.ndarray, " R"] | None:
    """The sort value of each question; None to keep the order of the set."""
    if order.key == "stored":
        return None
    if order.key == "scale":
        return questions.scale
    of = _number(tables[order.of], order.key)
    return of - _number(tables[order.against], order.key) if order.key.endswith("gap") else of


def _number(table: AnswerTable, key: Key) -> Float[np.ndarray, " R"]:
    return table.tpr if key.startswith("tpr") else table.probability


def _wanted(questions: QuestionTable, tables: Tables, selection: Selection) -> Bool[np.ndarray, " R"]:
    wanted = np.ones(len(questions), bool)
    for network, right in selection.right.items():
        wanted &= tables[network].right(questions) == right
    if selection.query:
        wanted &= questions.query == selection.query
    if selection.answer:
        wanted &= questions.accepts(selection.answer)
    if selection.part:
        wanted &= questions.part == selection.part
    if selection.predicted:
        wanted &= tables[selection.by].predicted == selection.predicted
    if selection.low > 0 or np.isfinite(selection.high):  # a question of unknown scale is in no range
        wanted &= (questions.scale >= selection.low) & (questions.scale <= selection.high)
    return wanted
