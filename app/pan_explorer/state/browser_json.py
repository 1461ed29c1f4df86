"""The browser's filter and order as JSON values of a session file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from pan.evaluation.answer_selection import KEYS, Order, Selection
from pan_explorer.state.browser import BrowserState


@dataclass(frozen=True)
class Browsed:
    """Whether questions were listed instead of images, with their filter and order."""

    open: bool = False
    selection: Selection = field(default_factory=Selection)
    order: Order = field(default_factory=Order)


@dataclass(frozen=True)
class WrittenSelection:
    """The JSON of a `Selection`; a missing upper limit of the scale is null."""

    right: dict[str, bool]
    query: str
    answer: str
    predicted: str
    by: str
    low: float
    high: float | None
    part: str = ""  # missing in files before 0.5


@dataclass(frozen=True)
class WrittenOrder:
    """The JSON of an `Order`."""

    key: str
    of: str
    against: str
    descending: bool


@dataclass(frozen=True)
class Browser:
    """The JSON of the browser."""

    open: bool
    selection: WrittenSelection
    order: WrittenOrder


def to_json(state: BrowserState, called: Mapping[str, str]) -> dict[str, Any]:
    """The state as JSON values; a missing upper limit of the scale is null.

    Args:
        state: The browser's state.
        called: The networks' names in the file, by their names in the window.
    """
    selection, order = _renamed(state.selection, state.order, called)
    written = asdict(selection) | {"high": selection.high if np.isfinite(selection.high) else None}
    return {"open": state.open, "selection": written, "order": asdict(order)}


def from_json(written: Browser, moved: Mapping[str, str]) -> Browsed:
    """The inverse of `to_json`.

    Args:
        written: The JSON values.
        moved: The networks' present names, by their names in the file.

    Raises:
        ValueError: If the order does not exist.
    """
    picked, order = written.selection, written.order
    high = np.inf if picked.high is None else picked.high
    selection, order_now = _renamed(
        Selection(picked.right, picked.query, picked.answer, picked.predicted, picked.by, picked.low, high,
                  picked.part),
        Order(KEYS[KEYS.index(order.key)], order.of, order.against, order.descending), moved,
    )  # fmt: skip
    return Browsed(written.open, selection, order_now)


def _renamed(selection: Selection, order: Order, names: Mapping[str, str]) -> tuple[Selection, Order]:
    """Filter and order with the networks renamed."""

    def now(name: str) -> str:
        return names.get(name, name)

    right = {now(network): is_right for network, is_right in selection.right.items()}
    return (
        replace(selection, right=right, by=now(selection.by)),
        replace(order, of=now(order.of), against=now(order.against)),
    )  # fmt: skip
