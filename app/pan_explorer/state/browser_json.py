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


def to_json(state: BrowserState) -> dict[str, Any]:
    """The same as JSON values; no largest scale is null."""
    selection = asdict(state.selection)
    selection["high"] = state.selection.high if np.isfinite(state.selection.high) else None
    return {"open": state.open, "selection": selection, "order": asdict(state.order)}


def from_json(values: Mapping[str, Any], moved: Mapping[str, str]) -> Browsed:
    """What `to_json` made.

    Args:
        values: The values; none: nothing was picked out.
        moved: Where networks are now, by the names that the values have.

    Raises:
        LookupError, TypeError, ValueError: If it is something else.
    """
    if not values:
        return Browsed()
    selection, order = values["selection"], values["order"]
    high = selection["high"]

    def now(name: object) -> str:
        return moved.get(str(name), str(name))

    return Browsed(
        bool(values["open"]),
        Selection(
            {now(network): bool(right) for network, right in selection["right"].items()},
            str(selection["query"]), str(selection["answer"]), str(selection["predicted"]), now(selection["by"]),
            float(selection["low"]), np.inf if high is None else float(high),
        ),
        Order(KEYS[KEYS.index(order["key"])], now(order["of"]), now(order["against"]), bool(order["descending"])),
    )  # fmt: skip
