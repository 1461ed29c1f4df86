"""A walk: steps one after the other, each a text and what the window shows beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pan_explorer.state.saved_session import SavedSession


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a walk.

    Attributes:
        path: Its file.
        title: A few words.
        text: What is to be seen, as Markdown.
        task: What to do, as Markdown; empty for nothing.
        shown: What the window shows.
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
    """Where the walk is.

    Attributes:
        steps: All steps, none while nobody walks.
        place: The one that is shown.
    """

    steps: tuple[Step, ...] = ()
    place: int = 0

    @property
    def step(self) -> Step | None:
        """The shown step, None while nobody walks."""
        return self.steps[self.place] if self.steps else None

    @property
    def is_last(self) -> bool:
        """Whether no step comes after it."""
        return self.place == len(self.steps) - 1
