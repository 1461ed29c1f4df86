"""The settings of an exported figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Layout = Literal["attention", "features", "last", "shown", "queries"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)


@dataclass(frozen=True)
class FigureOrder:
    """The settings of an exported figure.

    Attributes:
        layout: All attention (Fig. 10), features (Fig. 7), the last layers (Fig. 8), one layer as the window shows it,
            or all queries.
        dpi: Resolution of a PNG.
        width: Width in inches; None for the layout's default.
    """

    layout: Layout = "attention"
    dpi: int = 200
    width: float | None = None
