"""Steps that can be undone and redone, of whatever is edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

MOST_STEPS = 200
"""More cannot be undone."""

Step = TypeVar("Step")


@dataclass(frozen=True)
class History(Generic[Step]):
    """The steps before and after the present one, the nearest last.

    Attributes:
        past: What undoing brings back.
        future: What redoing brings back.
        stroke: The movement of the hand that led to the present step; its further edits belong to the same step.
    """

    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    stroke: str = ""

    def after(self, before: Step, stroke: str = "") -> History[Step]:
        """The history of an edit.

        Args:
            before: What was edited.
            stroke: The movement of the hand that the edit is part of; empty for an edit of its own.
        """
        if stroke and stroke == self.stroke:
            return replace(self, future=())
        return History((*self.past, before)[-MOST_STEPS:], (), stroke)

    def ended(self, now: Step) -> History[Step]:
        """The history after the hand has let go; a stroke that led nowhere is forgotten."""
        idle = self.stroke and self.past and self.past[-1] == now
        return replace(self, past=self.past[:-1] if idle else self.past, stroke="")

    def back(self, now: Step) -> History[Step]:
        """One step back, the present becoming the future."""
        return History(self.past[:-1], (*self.future, now))

    def forth(self, now: Step) -> History[Step]:
        """One step forth."""
        return History((*self.past, now), self.future[:-1])

    def with_steps(self, change: Callable[[Step], Step]) -> History[Step]:
        """The same with all steps changed alike."""
        return replace(self, past=tuple(map(change, self.past)), future=tuple(map(change, self.future)))
