"""Attention surgery as a value: which cells of which layers are held closed or open, and how strong a map is."""

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
"""No side of a map has as many."""


@dataclass(frozen=True)
class LayerEdit:
    """What is changed at one attended layer.

    A gate's map α is multiplied by the strength, to at most 1; then closed cells are 0 and open ones 1.
    A last layer stays a distribution: it becomes α^strength, so that 0 looks everywhere alike and more than 1 sharpens;
    then closed cells lose their mass, open ones get as much as the strongest cell, and all is divided by its sum.
    With every cell closed it looks everywhere alike, for its mass has to be somewhere.

    Attributes:
        closed: Cells that let nothing through.
        open: Cells that let everything through.
        strength: Of the whole map, 0 to 4; 1 leaves it as it is.

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
                raise InputError("a map has no cell so far outside; take the change out.")
        if not (math.isfinite(self.strength) and 0 <= self.strength <= STRONGEST):
            raise InputError(f"the strength of a map is from 0 to {STRONGEST:g}, not {self.strength:g}.")

    def __bool__(self) -> bool:
        return bool(self.closed or self.open or self.strength != 1)

    def painted(self, cells: Collection[Cell], mark: Mark | None) -> LayerEdit:
        """The same with these cells closed or open, or as the network has them for None."""
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
    """What is changed in one network, by the layer's name (`att1` to `att4`); layers left as they are drop out.

    `Surgery({"att2": LayerEdit(closed=cells_where(mask))})` is what `pan.explaining.explain.explain` takes.
    """

    edits: Mapping[str, LayerEdit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        changed = {layer: edit for layer, edit in sorted(self.edits.items()) if edit}
        object.__setattr__(self, "edits", MappingProxyType(changed))

    def __bool__(self) -> bool:
        return bool(self.edits)

    def edit(self, layer: str) -> LayerEdit:
        """What is changed at a layer."""
        return self.edits.get(layer, UNCHANGED)

    def with_edit(self, layer: str, edit: LayerEdit) -> Surgery:
        """The same with another edit at one layer."""
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
    def from_json(values: Any) -> Surgery:  # noqa: ANN401 - whatever a file holds
        """What `to_json` made.

        Raises:
            InputError: If it is something else.
        """
        try:
            edits = {str(layer): as_kind(each, LayerEdit) for layer, each in as_kind(values, dict).items()}
        except ValueError as error:
            raise InputError(f"what is said of attention surgery cannot be read ({error}); remove it.") from error
        return Surgery(edits)


UNTOUCHED = Surgery()


def cells_where(mask: Bool[np.ndarray, "h w"]) -> frozenset[Cell]:
    """The cells of a map at which a mask of its size holds."""
    return frozenset((int(row), int(column)) for row, column in np.argwhere(mask))
