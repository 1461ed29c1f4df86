"""The state of attention surgery: the edits of the compared networks, and the brush."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from pan.attention.surgery import NO_SURGERY, Cell, LayerEdit, Mark, Surgery
from pan.system.errors import InputError
from pan.system.renaming import with_name
from pan_explorer.state.history import History
from pan_explorer.values.view import Model

Brush = Literal["close", "open", "erase"]
BRUSHES: tuple[Brush, ...] = get_args(Brush)
MARKS: Mapping[Brush, Mark | None] = {"close": "closed", "open": "open", "erase": None}
OPPOSITE: Mapping[Brush, Brush] = {"close": "open", "open": "close", "erase": "erase"}
SIZES = range(1, 10)
Edits = Mapping[str, Surgery]
"""By the checkpoint's name."""
NO_EDITS: Edits = MappingProxyType({})


@dataclass(frozen=True)
class SurgeryState:
    """The state of attention surgery.

    Attributes:
        operating: Whether the panes can be painted on.
        bypassed: Whether the edits are switched off for comparison.
        brush: The action of the left button; the right button does the opposite.
        size: Diameter of the brush in cells.
        together: Whether all networks with maps of the same size are painted together.
        edits: The edits by network and layer; they apply to all images and queries.
        history: The undo history of the edits.
        in_stroke: Whether a stroke is in progress; a stroke is one undo step.
        kept: The edits last saved in a session or opened from one.
    """

    operating: bool = False
    bypassed: bool = False
    brush: Brush = "close"
    size: int = 1
    together: bool = False
    edits: Edits = field(default_factory=lambda: NO_EDITS)
    history: History[Edits] = field(default_factory=History)
    in_stroke: bool = False
    kept: Edits = field(default_factory=lambda: NO_EDITS)

    @property
    def is_unsaved(self) -> bool:
        """Whether there are unsaved edits."""
        return bool(self.edits) and self.edits != self.kept

    @property
    def in_force(self) -> Edits:
        """The edits that apply now."""
        return NO_EDITS if self.bypassed else self.edits

    def edit(self, model: str, layer: str) -> LayerEdit:
        """The edit of a layer of a network."""
        return self.edits.get(model, NO_SURGERY).edit(layer)

    def changes(self, models: Iterable[Model]) -> bool:
        """Whether a shown network has an edit."""
        return any(model.shown and model.name in self.edits for model in models)

    def with_edit(self, model: str, layer: str, edit: LayerEdit) -> SurgeryState:
        """Set the edit of a layer of a network; it is one undo step unless a stroke is in progress."""
        surgery = self.edits.get(model, NO_SURGERY).with_edit(layer, edit)
        return self.with_edits({**self.edits, model: surgery})

    def with_edits(self, edits: Edits) -> SurgeryState:
        """Replace the edits of all networks, likewise."""
        edits = {model: surgery for model, surgery in edits.items() if surgery}
        if edits == self.edits:
            return self
        history = self.history.after(self.edits, "paint" if self.in_stroke else "")
        return replace(self, edits=edits, history=history, bypassed=False)

    def painted(self, model: str, layer: str, cells: Collection[Cell], brush: Brush) -> SurgeryState:
        """Close, open or reset cells of a layer."""
        return self.with_edit(model, layer, self.edit(model, layer).painted(cells, MARKS[brush]))

    def begun_stroke(self) -> SurgeryState:
        """Begin a stroke; its changes are one undo step."""
        return replace(self.ended_stroke(), in_stroke=True)

    def ended_stroke(self) -> SurgeryState:
        """End a stroke."""
        return replace(self, in_stroke=False, history=self.history.ended(self.edits))

    def undone(self) -> SurgeryState:
        """Undo the last change."""
        if not self.history.past or self.in_stroke:
            return self
        edits, history = self.history.past[-1], self.history.back(self.edits)
        return replace(self, edits=edits, history=history, bypassed=False)

    def redone(self) -> SurgeryState:
        """Redo the last undone change."""
        if not self.history.future or self.in_stroke:
            return self
        edits, history = self.history.future[-1], self.history.forth(self.edits)
        return replace(self, edits=edits, history=history, bypassed=False)

    def renamed(self, old: str, new: str) -> SurgeryState:
        """Rename a checkpoint in the edits; an empty name removes it."""

        def follow(edits: Edits) -> Edits:
            return with_name(edits, old, new)

        return replace(
            self, edits=follow(self.edits), kept=follow(self.kept), history=self.history.with_steps(follow)
        )

    def to_json(self) -> dict[str, Any]:
        """The edits as JSON values, without brush and history."""
        return {model: surgery.to_json() for model, surgery in self.edits.items()}


def edits_from_json(values: Any) -> Edits:  # noqa: ANN401 - whatever a file holds
    """The inverse of `SurgeryState.to_json`.

    Raises:
        InputError: If the values are not such edits.
    """
    if not isinstance(values, dict):
        raise InputError("what is said of attention surgery cannot be read; remove it.")
    return {str(model): Surgery.from_json(surgery) for model, surgery in values.items()}
