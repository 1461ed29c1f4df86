"""Restoring of the window's state from a set, a session or a step of a walk, and after a walk."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from pan.system.names import exists
from pan_explorer import settings
from pan_explorer.answering.restoring import Restored
from pan_explorer.pictures.reading import PictureSet
from pan_explorer.pictures.stored import StoredPicture
from pan_explorer.session.parts import Parts
from pan_explorer.session.walk import Before
from pan_explorer.state.compared import models_of_session
from pan_explorer.state.step_file import SUFFIX as STEP
from pan_explorer.state.window import State
from pan_explorer.values.view import Model

TRANSIENT = ("page", "playing", "pointer", "shipped")
"""Fields of the state that the end of a walk does not restore."""


class Restoring(QObject):
    """Passes what was read from a file to the parts.

    Args:
        parts: The session.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        parts.answering.pictures_read.connect(self._show_set)
        parts.answering.restored.connect(self._show_saved)
        parts.walk.ended.connect(self._show_before)

    @Slot(object)
    def _show_set(self, read: PictureSet) -> None:
        self._parts.thumbnails.forget()
        self._parts.browser.take_set(read)
        self._parts.strip.take_set(read)

    @Slot(object)
    def _show_saved(self, restored: Restored) -> None:
        """Restore a session, or a step of a walk if it is still the current one."""
        parts, saved = self._parts, restored.saved
        is_step = restored.path.suffix.lower() == STEP
        if is_step and not parts.walk.takes(restored.path):
            return
        parts.thumbnails.forget()
        parts.browser.take_set(restored.pictures)
        parts.surgery.restore(saved.surgery)
        if saved.scene is not None:
            parts.composer.restore(saved.scene)
        parts.inference.first_query = saved.query  # it may be a query of the networks that the set does not have
        added = self._added_in_walk() if is_step else ()
        models = models_of_session(saved.models, restored.networks)
        parts.change(models=(*models, *added), **restored.fields())
        if not is_step:
            settings.keep_kind(saved.kind)
            settings.keep_recent_file(restored.path)
        parts.pages.show(saved.page)
        parts.inference.ask()
        parts.browser.restore(saved.browsed, parts.state.asked)
        parts.browser.keep([model.name for model in parts.state.models])
        if restored.missing:
            what = "step" if is_step else "session"
            parts.failed.emit(f"Of this {what} something is gone, the rest is shown: {' '.join(restored.missing)}")

    @Slot(object)
    def _show_before(self, before: Before) -> None:
        """Restore the state before a walk; images and networks added during the walk stay."""
        parts, now, then = self._parts, self._parts.state, before.state
        if now.playing:
            parts.layers.toggle_play()
        opened = [each for each in now.pictures if not isinstance(each, StoredPicture) and each not in then.pictures]
        added = self._added_in_walk()
        parts.thumbnails.forget()
        parts.browser.return_to(before.browser)
        parts.surgery.return_to(before.surgery)
        if before.composer is not None:
            parts.composer.return_to(before.composer)
        values = {field.name: getattr(then, field.name) for field in fields(State) if field.name not in TRANSIENT}
        parts.change(**values | {"pictures": (*opened, *then.pictures), "models": (*then.models, *added)})
        parts.view.set_display(then.display)
        parts.pages.show(then.page)
        parts.inference.ask()

    def _added_in_walk(self) -> tuple[Model, ...]:
        """The user's own networks that were added or trained since the walk began."""
        before = self._parts.walk.before
        known = {model.name for model in before.state.models} if before else set()
        return tuple(model for model in self._parts.state.models
                     if model.name not in known and exists(Path(model.name)))
