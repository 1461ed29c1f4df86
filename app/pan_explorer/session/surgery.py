"""The part of the session for attention surgery."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from pan.attention.surgery import UNCHANGED, Cell
from pan_explorer.state.surgery import BRUSHES, NO_EDITS, SIZES, Brush, Edits, SurgeryState, edits_from_json


class SurgerySession(QObject):
    """Edits attention maps; the edits apply to every image and query until they are undone or reset.

    Args:
        parent: Owner.
    """

    state_changed = Signal(object)  # SurgeryState
    in_force_changed = Signal()  # the networks have to be asked again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = SurgeryState()

    @property
    def state(self) -> SurgeryState:
        """The present state."""
        return self._state

    def toggle(self) -> None:
        """Start or stop painting on the panes; edits stay."""
        self._set(replace(self._state.ended_stroke(), operating=not self._state.operating))

    def toggle_bypass(self) -> None:
        """Switch all edits off or on."""
        if self._state.edits:
            self._set(replace(self._state, bypassed=not self._state.bypassed))

    def choose_brush(self, brush: Brush) -> None:
        """Choose the brush that closes cells, opens cells, or resets cells."""
        self._set(replace(self._state, brush=brush))

    def choose_next_brush(self) -> None:
        """Choose the next brush."""
        self.choose_brush(BRUSHES[(BRUSHES.index(self._state.brush) + 1) % len(BRUSHES)])

    def choose_size(self, size: int) -> None:
        """Set the brush's width in cells, limited to the available sizes."""
        self._set(replace(self._state, size=min(max(size, SIZES[0]), SIZES[-1])))

    def choose_together(self, together: bool) -> None:
        """Set whether all networks are painted together."""
        self._set(replace(self._state, together=together))

    def begin_stroke(self) -> None:
        """Begin a stroke: its edits are undone together."""
        self._set(self._state.begun_stroke())

    def end_stroke(self) -> None:
        """End a stroke."""
        self._set(self._state.ended_stroke())

    def paint(self, model: str, layer: str, cells: Collection[Cell], brush: Brush) -> None:
        """Paint cells of a network's layer."""
        self._set(self._state.painted(model, layer, cells, brush))

    def strengthen(self, model: str, layer: str, strength: float) -> None:
        """Set the factor of the whole map of a network's layer.

        Raises:
            InputError: If the strength is out of range.
        """
        edit = self._state.edit(model, layer)
        self._set(self._state.with_edit(model, layer, replace(edit, strength=strength)))

    def undo(self) -> None:
        """Undo the last edit."""
        self._set(self._state.undone())

    def redo(self) -> None:
        """Redo the edit that was undone last."""
        self._set(self._state.redone())

    def reset(self, model: str, layer: str) -> None:
        """Remove the edits of a layer; can be undone."""
        self._set(self._state.with_edit(model, layer, UNCHANGED))

    def reset_all(self) -> None:
        """Remove all edits; can be undone."""
        self._set(self._state.with_edits(NO_EDITS))

    def rename(self, old: str, new: str) -> None:
        """Move the edits of a checkpoint to its new name; without a new name they are removed."""
        self._set(self._state.renamed(old, new))

    def to_json(self) -> dict[str, Any]:
        """The edits as JSON values."""
        return self._state.to_json()

    def restore(self, values: Any) -> None:  # noqa: ANN401 - whatever a file holds
        """Apply edits from `to_json`; can be undone.

        Raises:
            InputError: If the values are invalid.
        """
        self._set(self._state.with_edits(edits_from_json(values)))
        self.keep(self._state.edits)

    def keep(self, edits: Edits) -> None:
        """Mark these edits as saved."""
        self._set(replace(self._state, kept=edits))

    def return_to(self, state: SurgeryState) -> None:
        """Return to an earlier state, with its undo history."""
        self._set(state)

    def _set(self, state: SurgeryState) -> None:
        if state == self._state:
            return
        before, self._state = self._state, state
        self.state_changed.emit(state)
        if state.in_force != before.in_force:
            self.in_force_changed.emit()
