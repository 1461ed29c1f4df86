"""The part of the window's document for surgery on attention."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from pan.attention.surgery import UNCHANGED, Cell
from pan_explorer.state.surgery import BRUSHES, NO_EDITS, SIZES, Brush, Edits, SurgeryState, edits_from_json


class SurgerySession(QObject):
    """Holds the changes until they are undone or reset; they hold for every image and query.

    Args:
        parent: Owner.
    """

    state_changed = Signal(object)  # SurgeryState
    force_changed = Signal()  # the networks have to be asked again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = SurgeryState()

    @property
    def state(self) -> SurgeryState:
        """The state as it is now."""
        return self._state

    def toggle(self) -> None:
        """Begin or end painting on the panes; changes stay."""
        self._set(replace(self._state.ended_stroke(), operating=not self._state.operating))

    def toggle_bypass(self) -> None:
        """Switch the changes off, or on again."""
        if self._state.edits:
            self._set(replace(self._state, bypassed=not self._state.bypassed))

    def choose_brush(self, brush: Brush) -> None:
        """Close, open, or leave to the network."""
        self._set(replace(self._state, brush=brush))

    def choose_next_brush(self) -> None:
        """The next of the three."""
        self.choose_brush(BRUSHES[(BRUSHES.index(self._state.brush) + 1) % len(BRUSHES)])

    def choose_size(self, size: int) -> None:
        """Paint with a brush so many cells wide, as far as there are such."""
        self._set(replace(self._state, size=min(max(size, SIZES[0]), SIZES[-1])))

    def choose_together(self, together: bool) -> None:
        """Paint all networks alike, or each alone."""
        self._set(replace(self._state, together=together))

    def begin_stroke(self) -> None:
        """Begin a stroke: its changes are undone together."""
        self._set(self._state.begun_stroke())

    def end_stroke(self) -> None:
        """End the stroke; the next change is undone alone."""
        self._set(self._state.ended_stroke())

    def paint(self, model: str, layer: str, cells: Collection[Cell], brush: Brush) -> None:
        """Change cells of a network's layer."""
        self._set(self._state.painted(model, layer, cells, brush))

    def strengthen(self, model: str, layer: str, strength: float) -> None:
        """Make the whole map of a network's layer stronger or weaker.

        Raises:
            InputError: If the strength is out of range.
        """
        edit = self._state.edit(model, layer)
        self._set(self._state.with_edit(model, layer, replace(edit, strength=strength)))

    def undo(self) -> None:
        """Undo the last change."""
        self._set(self._state.undone())

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self._set(self._state.redone())

    def reset(self, model: str, layer: str) -> None:
        """Leave a layer to its network; can be undone."""
        self._set(self._state.with_edit(model, layer, UNCHANGED))

    def reset_all(self) -> None:
        """Leave all networks as they are; can be undone."""
        self._set(self._state.with_edits(NO_EDITS))

    def rename(self, old: str, new: str) -> None:
        """Move the changes of a checkpoint to its new name; without a new name they are forgotten."""
        self._set(self._state.renamed(old, new))

    def to_json(self) -> dict[str, Any]:
        """What is changed, as JSON values."""
        return self._state.to_json()

    def restore(self, values: Any) -> None:  # noqa: ANN401 - whatever a file holds
        """Change what `to_json` tells; can be undone.

        Raises:
            InputError: If it is something else.
        """
        self._set(self._state.with_edits(edits_from_json(values)))
        self.keep(self._state.edits)

    def keep(self, edits: Edits) -> None:
        """Mark these edits as saved."""
        self._set(replace(self._state, kept=edits))

    def come_back(self, state: SurgeryState) -> None:
        """Bring back an earlier state, with its undo history."""
        self._set(state)

    def _set(self, state: SurgeryState) -> None:
        if state == self._state:
            return
        before, self._state = self._state, state
        self.state_changed.emit(state)
        if state.in_force != before.in_force:
            self.force_changed.emit()
