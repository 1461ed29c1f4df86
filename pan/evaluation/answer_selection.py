"""Picks questions out of an evaluated set, such as all that PAN-CTX answers rightly and SAN wrongly, and sorts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from jaxtyping import Bool, Float, Int

from pan.evaluation.answer_table import AnswerTable, QuestionTable
from pan.system.errors import InputError

Key = Literal["stored", "scale", "confidence", "tpr", "confidence gap", "tpr gap"]
KEYS: tuple[Key, ...] = get_args(Key)

Tables = Mapping[str, AnswerTable]


@dataclass(frozen=True)
class Selection:
    """Which questions are wanted; an empty word means any.

    Attributes:
        right: By network, whether it must be right (True) or wrong (False); one that is not named may be either.
        query: What is asked.
        answer: The right answer.
        predicted: What the network `by` answers.
        by: The network that `predicted` is about.
        low: Smallest scale of the queried object.
        high: Largest scale.
        part: Of the set.
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
        """The networks whose answers it asks for."""
        return frozenset({*self.right, *({self.by} if self.predicted else ())})


@dataclass(frozen=True)
class Order:
    """How questions are sorted; those without the number come last.

    Attributes:
        key: The number; a gap is that of `of` less that of `against`.
        of: The network whose number it is.
        against: The network it is compared with.
        descending: Whether the largest comes first.
    """

    key: Key = "stored"
    of: str = ""
    against: str = ""
    descending: bool = True

    @property
    def networks(self) -> frozenset[str]:
        """The networks whose numbers it needs."""
        if self.key in ("stored", "scale"):
            return frozenset()
        return frozenset({self.of, self.against} if self.key.endswith("gap") else {self.of})


def select(questions: QuestionTable, tables: Tables, selection: Selection, order: Order) -> Int[np.ndarray, " r"]:
    """The numbers of the wanted questions, in order.

    Args:
        questions: A set's.
        tables: Networks' answers to them.
        selection: Which are wanted.
        order: How they are sorted.

    Raises:
        InputError: If a network is named whose answers are not given.
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
    """The number each question is sorted by, None where they stay as they are stored."""
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
