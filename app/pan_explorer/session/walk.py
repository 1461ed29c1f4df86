"""The part of the session for guided walks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.system.errors import InputError
from pan_explorer.answering.requests import Opening
from pan_explorer.answering.thread import Answering
from pan_explorer.state.browser import BrowserState
from pan_explorer.state.composer import ComposerState
from pan_explorer.state.step_file import read_steps, read_walk
from pan_explorer.state.surgery import SurgeryState
from pan_explorer.state.walk import Step, WalkState
from pan_explorer.state.window import State


@dataclass(frozen=True, eq=False)
class Before:
    """The state of the window before a walk.

    Attributes:
        state: The state of the main window.
        surgery: The attention surgery.
        composer: The composer; None if it has never been opened.
        browser: The browser.
    """

    state: State
    surgery: SurgeryState
    composer: ComposerState | None
    browser: BrowserState

    @property
    def has_unsaved_scene(self) -> bool:
        """Whether the composed scene has unsaved changes."""
        return self.composer is not None and self.composer.is_unsaved

    @property
    def is_unsaved(self) -> bool:
        """Whether the scene or the surgery has unsaved changes."""
        return self.has_unsaved_scene or self.surgery.is_unsaved


class WalkSession(QObject):
    """Shows the steps of a walk; its end restores the state before it.

    Args:
        answering: The inference thread, which reads the files of steps.
        look: Returns the present state of the window.
        parent: Owner.
    """

    state_changed = Signal(object)  # WalkState
    ended = Signal(object)  # Before
    failed = Signal(str)

    def __init__(self, answering: Answering, look: Callable[[], Before], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answering = answering
        self._look = look
        self._state = WalkState()
        self._before: Before | None = None

    @property
    def state(self) -> WalkState:
        """The present state."""
        return self._state

    @property
    def before(self) -> Before | None:
        """The state before the first step; None if no step has been shown."""
        return self._before

    def begin(self, path: Path | None = None) -> None:
        """Begin the walk through the paper, or a walk from a folder or file."""
        try:
            steps = read_walk() if path is None else read_steps(path)
        except InputError as error:
            self.failed.emit(str(error))
            return
        self._show(steps, 0)

    def go_to(self, place: int) -> None:
        """Show a step by its index; an invalid index is ignored."""
        if place in range(len(self._state.steps)):
            self._show(self._state.steps, place)

    @Slot()
    def next(self) -> None:
        """Show the next step."""
        self.go_to(self._state.place + 1)

    @Slot()
    def back(self) -> None:
        """Show the previous step."""
        self.go_to(self._state.place - 1)

    @Slot()
    def leave(self) -> None:
        """End the walk."""
        self._change(WalkState())
        if self._before is not None:
            self.ended.emit(self._before)
        self._before = None

    @Slot()
    def toggle(self) -> None:
        """Begin the walk through the paper, or end the present walk."""
        if self._state.steps:
            self.leave()
        else:
            self.begin()

    def takes(self, path: Path) -> bool:
        """Whether a step that was read is still the current one; at the first one the window's state is kept."""
        step = self._state.step
        if step is None or step.path != path:
            return False
        self._before = self._before or self._look()
        return True

    def _show(self, steps: tuple[Step, ...], place: int) -> None:
        self._change(replace(self._state, steps=steps, place=place))
        self._answering.request(Opening(steps[place].path))

    def _change(self, state: WalkState) -> None:
        self._state = state
        self.state_changed.emit(state)
