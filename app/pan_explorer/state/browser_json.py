"""What is picked out of a set, and in which order, as JSON values of a session file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from pan.evaluation.answer_selection import KEYS, Order, Selection
from pan_explorer.state.browser import BrowserState


@dataclass(frozen=True)
class Browsed:
    """Whether questions were listed instead of images, and which, in which order."""

    open: bool = False
    selection: Selection = field(default_factory=Selection)
    order: Order = field(default_factory=Order)


@dataclass(frozen=True)
class WrittenSelection:
    """The JSON of a `Selection`; no largest scale is null."""

    right: dict[str, bool]
    query: str
    answer: str
    predicted: str
    by: str
    low: float
    high: float | None


@dataclass(frozen=True)
class WrittenOrder:
    """The JSON of an `Order`."""

    key: str
    of: str
    against: str
    descending: bool


@dataclass(frozen=True)
class Browser:
    """The JSON of all of it."""

    open: bool
    selection: WrittenSelection
    order: WrittenOrder


def to_json(state: BrowserState) -> dict[str, Any]:
    """The same as JSON values; no largest scale is null."""
    selection = asdict(state.selection)
    selection["high"] = state.selection.high if np.isfinite(state.selection.high) else None
    return {"open": state.open, "selection": selection, "order": asdict(state.order)}


def from_json(written: Browser, moved: Mapping[str, str]) -> Browsed:
    """What `to_json` made.

    Args:
        written: The values.
        moved: Where networks are now, by the names that the values have.

    Raises:
        ValueError: If there is no such order.
    """
    selection, order = written.selection, written.order

    def now(name: str) -> str:
        return moved.get(name, name)

    return Browsed(
        written.open,
        Selection(
            {now(network): right for network, right in selection.right.items()}, selection.query, selection.answer,
            selection.predicted, now(selection.by), selection.low, np.inf if selection.high is None else selection.high,
        ),
        Order(KEYS[KEYS.index(order.key)], now(order.of), now(order.against), order.descending),
    )  # fmt: skip
