"""What is changed in the attention of the compared networks, and how it is painted, as one frozen value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from pan.attention.surgery import UNTOUCHED, Cell, LayerEdit, Mark, Surgery
from pan.system.errors import InputError
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
    """All there is to surgery.

    Attributes:
        operating: Whether the panes are painted on.
        bypassed: Whether the networks answer untouched for the while, to compare.
        brush: What the left button does to cells; the right one does the opposite.
        size: Cells the brush is wide.
        together: Whether the same cells are painted in all networks whose maps have as many.
        edits: What is changed, of networks and layers that are changed; it stays for other images and queries.
        history: The edits before and after these.
        in_stroke: Whether a stroke is being painted; all of it is one change.
        kept: The edits that were saved in a session, or opened from one.
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
        """Whether there is work in the edits that would be lost with the window."""
        return bool(self.edits) and self.edits != self.kept

    @property
    def in_force(self) -> Edits:
        """What the networks are asked with."""
        return NO_EDITS if self.bypassed else self.edits

    def edit(self, model: str, layer: str) -> LayerEdit:
        """What is changed at a layer of a network."""
        return self.edits.get(model, UNTOUCHED).edit(layer)

    def changes(self, models: Iterable[Model]) -> bool:
        """Whether anything is changed in a network that is shown."""
        return any(model.shown and model.name in self.edits for model in models)

    def with_edit(self, model: str, layer: str, edit: LayerEdit) -> SurgeryState:
        """Another edit at a layer of a network; a change of its own unless a stroke is being painted."""
        surgery = self.edits.get(model, UNTOUCHED).with_edit(layer, edit)
        return self.with_edits({**self.edits, model: surgery})

    def with_edits(self, edits: Edits) -> SurgeryState:
        """Other edits of all networks; likewise."""
        edits = {model: surgery for model, surgery in edits.items() if surgery}
        if edits == self.edits:
            return self
        history = self.history.after(self.edits, "paint" if self.in_stroke else "")
        return replace(self, edits=edits, history=history, bypassed=False)

    def painted(self, model: str, layer: str, cells: Collection[Cell], brush: Brush) -> SurgeryState:
        """Cells of a layer closed, opened or as the network has them."""
        return self.with_edit(model, layer, self.edit(model, layer).painted(cells, MARKS[brush]))

    def begun_stroke(self) -> SurgeryState:
        """All changes from here to the end of the stroke are one."""
        return replace(self.ended_stroke(), in_stroke=True)

    def ended_stroke(self) -> SurgeryState:
        """The next change is one of its own."""
        return replace(self, in_stroke=False, history=self.history.ended(self.edits))

    def undone(self) -> SurgeryState:
        """The edits before the last change."""
        if not self.history.past or self.in_stroke:
            return self
        edits, history = self.history.past[-1], self.history.back(self.edits)
        return replace(self, edits=edits, history=history, bypassed=False)

    def redone(self) -> SurgeryState:
        """The edits after the change that was undone last."""
        if not self.history.future or self.in_stroke:
            return self
        edits, history = self.history.future[-1], self.history.forth(self.edits)
        return replace(self, edits=edits, history=history, bypassed=False)

    def renamed(self, old: str, new: str) -> SurgeryState:
        """The same with a checkpoint called something else, or for an empty name without it."""

        def follow(edits: Edits) -> Edits:
            return {new if model == old else model: surgery for model, surgery in edits.items() if model != old or new}

        return replace(
            self, edits=follow(self.edits), kept=follow(self.kept), history=self.history.with_steps(follow)
        )

    def to_json(self) -> dict[str, Any]:
        """What is changed, as JSON values; brush and history are the hand's, not the work's."""
        return {model: surgery.to_json() for model, surgery in self.edits.items()}


def edits_from_json(values: Any) -> Edits:  # noqa: ANN401 - whatever a file holds
    """What `SurgeryState.to_json` made.

    Raises:
        InputError: If it is something else.
    """
    if not isinstance(values, dict):
        raise InputError("what is said of attention surgery cannot be read; remove it.")
    return {str(model): Surgery.from_json(surgery) for model, surgery in values.items()}
