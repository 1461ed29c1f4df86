"""Connections between the parts of the session: a change in one part calls others."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from pan_explorer.session.parts import Parts


class Connections(QObject):
    """Connects the signals of parts to slots of other parts.

    Args:
        parts: The session.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        parts.files.walk_wanted.connect(parts.walk.begin)
        parts.browser.question_chosen.connect(parts.strip.ask_about)
        parts.models_changed.connect(parts.composer.inference.compare)
        parts.models_changed.connect(self._keep_in_browser)
        parts.query_changed.connect(parts.composer.ask)
        parts.composer.query_changed.connect(self._ask_as_composer)
        parts.surgery.in_force_changed.connect(self._ask_after_surgery)
        for changed in (parts.picture_changed, parts.query_changed):
            changed.connect(self._mark_in_browser)
        for changed in (parts.view_changed, parts.picture_changed, parts.models_changed, parts.queries_changed,
                        parts.surgery.in_force_changed):
            changed.connect(self._fill_table)
        parts.files.own_set_changed.connect(parts.training.plan.propose)
        parts.files.own_set_changed.connect(parts.composer.use_set)
        parts.files.own_set_changed.connect(parts.first_look.look)
        parts.training.finished_run.connect(self._take_run)
        parts.library.moved.connect(self._rename_checkpoint)
        parts.answering.listed.connect(self._take_shipped)

    @Slot(object)
    def _ask_as_composer(self, query: str) -> None:
        if query in self._parts.state.queries:
            self._parts.inference.ask_about(query)

    @Slot()
    def _ask_after_surgery(self) -> None:
        self._parts.composer.inference.operate_on(self._parts.surgery.state.in_force)
        self._parts.inference.ask_next()

    @Slot()
    def _mark_in_browser(self) -> None:
        state = self._parts.state
        self._parts.browser.mark(state.picture, state.query)

    @Slot()
    def _keep_in_browser(self) -> None:
        self._parts.browser.keep([model.name for model in self._parts.state.models])

    @Slot()
    def _fill_table(self) -> None:
        state = self._parts.state
        self._parts.table.fill(state, state.asked, self._parts.surgery.state.in_force)

    @Slot(object)
    def _take_run(self, run: Path) -> None:
        """Add a run's network to the comparison; answers of its earlier weights are removed."""
        parts = self._parts
        parts.browser.forget(str(run))
        parts.paper.forget(str(run))
        parts.composer.inference.ask_again()
        self._fill_table()
        parts.comparison.add_run(run)

    @Slot(str, str)
    def _rename_checkpoint(self, old: str, new: str) -> None:
        """Give a checkpoint its new name in all parts; without a new name it was deleted."""
        parts = self._parts
        parts.training.rename(Path(old), Path(new) if new else None)
        if parts.training.choices is not None:
            parts.training.look_up()
        for part in (parts.surgery, parts.browser, parts.paper):
            part.rename(old, new)
        if new:
            parts.comparison.rename(old, new)
        else:
            parts.comparison.remove(old)

    @Slot(object)
    def _take_shipped(self, names: tuple[str, ...]) -> None:
        self._parts.change(shipped=names)
