"""Attention surgery as a frozen value: closed cells, open cells and the strength of each layer's map."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from jaxtyping import Bool

from pan.system.errors import InputError
from pan.system.json_file import as_kind

Cell = tuple[int, int]
"""Row and column of a cell of a map."""
Mark = Literal["closed", "open"]

STRONGEST = 4.0
MOST_CELLS = 4_096
"""Upper bound of the cells along a side of a map."""


@dataclass(frozen=True)
class LayerEdit:
    """The changes at one attended layer.

    A gate's map α is multiplied by the strength and clamped to 1; then closed cells are set to 0 and open ones to 1.
    A last layer stays a distribution: it becomes α^strength, uniform at 0 and sharper above 1. Then closed cells are
    set to 0 and open ones to the largest value, and the map is divided by its sum. If every cell is closed, it is
    uniform.

    Attributes:
        closed: Cells that pass nothing on.
        open: Cells that pass everything on.
        strength: Strength of the map, 0 to 4; 1 leaves it unchanged.

    Raises:
        InputError: If a cell is both closed and open, or the strength is out of range.
    """

    closed: frozenset[Cell] = frozenset()
    open: frozenset[Cell] = frozenset()
    strength: float = 1.0

    def __post_init__(self) -> None:
        if both := self.closed & self.open:
            raise InputError(f"cell {min(both)} cannot be closed and open at once; choose one.")
        for row, column in self.closed | self.open:
            if not (0 <= row < MOST_CELLS and 0 <= column < MOST_CELLS):
                raise InputError(f"a map has no cell at row {row}, column {column}; remove this change.")
        if not (math.isfinite(self.strength) and 0 <= self.strength <= STRONGEST):
            raise InputError(f"the strength of a map is from 0 to {STRONGEST:g}, not {self.strength:g}.")

    def __bool__(self) -> bool:
        return bool(self.closed or self.open or self.strength != 1)

    def painted(self, cells: Collection[Cell], mark: Mark | None) -> LayerEdit:
        """A copy with these cells closed or open; None removes their marks."""
        own = frozenset(cells)
        return replace(
            self,
            closed=self.closed | own if mark == "closed" else self.closed - own,
            open=self.open | own if mark == "open" else self.open - own,
        )

    def in_words(self) -> str:
        """Such as “14 cells closed, 3 open, strength 0.5”."""
        counts = [(len(self.closed), "closed"), (len(self.open), "open")]
        parts = [f"{count} {word}" for count, word in counts if count]
        if parts:
            first = counts[0][0] or counts[1][0]
            parts[0] = parts[0].replace(" ", " cell " if first == 1 else " cells ", 1)
        return ", ".join([*parts, *([f"strength {self.strength:g}"] if self.strength != 1 else [])])


UNCHANGED = LayerEdit()


@dataclass(frozen=True)
class Surgery:
    """The changes to one network, by the layer's name (`att1` to `att4`); unchanged layers are left out.

    An example for `net.explain(..., surgery=...)` is `Surgery({"att2": LayerEdit(closed=cells_where(mask))})`.
    """

    edits: Mapping[str, LayerEdit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        changed = {layer: edit for layer, edit in sorted(self.edits.items()) if edit}
        object.__setattr__(self, "edits", MappingProxyType(changed))

    def __bool__(self) -> bool:
        return bool(self.edits)

    def edit(self, layer: str) -> LayerEdit:
        """The changes at a layer."""
        return self.edits.get(layer, UNCHANGED)

    def with_edit(self, layer: str, edit: LayerEdit) -> Surgery:
        """A copy with another edit at one layer."""
        return Surgery({**self.edits, layer: edit})

    def in_words(self) -> str:
        """Such as “att2: 14 cells closed; att4: strength 0.5”."""
        return "; ".join(f"{layer}: {edit.in_words()}" for layer, edit in self.edits.items())

    def to_json(self) -> dict[str, Any]:
        """As JSON values: cells as pairs of row and column, in order."""
        return {
            layer: {"closed": sorted(edit.closed), "open": sorted(edit.open), "strength": edit.strength}
            for layer, edit in self.edits.items()
        }

    @staticmethod
    def from_json(values: Any) -> Surgery:  # noqa: ANN401 - any content of a file
        """The surgery that `to_json` wrote.

        Raises:
            InputError: If the values are not of that form.
        """
        try:
            edits = {str(layer): as_kind(each, LayerEdit) for layer, each in as_kind(values, dict).items()}
        except ValueError as error:
            raise InputError(f"the attention surgery cannot be read ({error}); remove it.") from error
        return Surgery(edits)


NO_SURGERY = Surgery()


def cells_where(mask: Bool[np.ndarray, "h w"]) -> frozenset[Cell]:
    """The cells of a map where a mask of the same size is true."""
    return frozenset((int(row), int(column)) for row, column in np.argwhere(mask))
