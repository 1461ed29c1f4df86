"""An undo history, for any kind of value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

MOST_STEPS = 200
"""Maximum number of undo steps."""

Step = TypeVar("Step")


@dataclass(frozen=True)
class History(Generic[Step]):
    """The steps before and after the present one, each list with the nearest last.

    Attributes:
        past: The steps for undo.
        future: The steps for redo.
        stroke: The drag or stroke that made the present step; its further edits are merged into that step.
    """

    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    stroke: str = ""

    def after(self, before: Step, stroke: str = "") -> History[Step]:
        """The history of an edit.

        Args:
            before: The value before the edit.
            stroke: The drag or stroke of the edit; empty for a single edit.
        """
        if stroke and stroke == self.stroke:
            return replace(self, future=())
        return History((*self.past, before)[-MOST_STEPS:], (), stroke)

    def ended(self, now: Step) -> History[Step]:
        """The history at the end of a stroke; a stroke without a change is removed."""
        idle = self.stroke and self.past and self.past[-1] == now
        return replace(self, past=self.past[:-1] if idle else self.past, stroke="")

    def back(self, now: Step) -> History[Step]:
        """Undo one step."""
        return History(self.past[:-1], (*self.future, now))

    def forth(self, now: Step) -> History[Step]:
        """Redo one step."""
        return History((*self.past, now), self.future[:-1])

    def with_steps(self, change: Callable[[Step], Step]) -> History[Step]:
        """Apply a function to all steps."""
        return replace(self, past=tuple(map(change, self.past)), future=tuple(map(change, self.future)))
