"""The state of a guided walk: a sequence of steps, each a text and a state of the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pan_explorer.state.saved_session import SavedSession


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a walk.

    Attributes:
        path: The step's file.
        title: Its title.
        text: The explanation, as Markdown.
        task: The task for the user, as Markdown; may be empty.
        shown: The state of the window.
        trains: Whether the training panel is open.
    """

    path: Path
    title: str
    text: str
    task: str
    shown: SavedSession
    trains: bool


@dataclass(frozen=True)
class WalkState:
    """The position in the walk.

    Attributes:
        steps: All steps; empty if no walk is open.
        place: The index of the shown step.
    """

    steps: tuple[Step, ...] = ()
    place: int = 0

    @property
    def step(self) -> Step | None:
        """The shown step; None if no walk is open."""
        return self.steps[self.place] if self.steps else None

    @property
    def is_last(self) -> bool:
        """Whether the shown step is the last one."""
        return self.place == len(self.steps) - 1
