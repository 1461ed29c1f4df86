"""The training panel: choose, start and watch a run; folds to one line if nothing trains."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pan_explorer.background.training_choices import Choices, PastRun
from pan_explorer.panels.training.cancel_box import CancelBox
from pan_explorer.panels.training.curves import TrainingCurves
from pan_explorer.panels.training.data import MovedDialog
from pan_explorer.panels.training.progress import TrainingProgress
from pan_explorer.panels.training.setup import TrainingSetup
from pan_explorer.panels.training.tabs import TrainingTabs
from pan_explorer.panels.training.words import duration, resume_line
from pan_explorer.session.training import TrainingSession
from pan_explorer.state.training import TrainingState
from pan_explorer.state.walk import WalkState
from pan_explorer.widgets.buttons import button, icon_button
from pan_explorer.widgets.labels import ElidedLabel
from pan_explorer.widgets.shortcut_override import override_typing

LEFT = 280
HEIGHT, HIGHEST = 172, 400


class HasTraining(Protocol):
    """The part of the session that this panel needs."""

    @property
    def training(self) -> TrainingSession:
        """The session of training."""


class TrainingPanel(QWidget):
    """The training panel.

    Args:
        session: Has the training session that is shown and controlled.
        parent: Owner.
    """

    folded_changed = Signal(bool)

    def __init__(self, session: HasTraining, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = session.training
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        training = self._training
        self.setup, self.progress = TrainingSetup(training), TrainingProgress()
        self.curves, self.tabs = TrainingCurves(), TrainingTabs()
        self._left = QStackedWidget()
        self._left.addWidget(self.setup)
        self._left.addWidget(self.progress)
        self._line = self._make_line()
        self._body = self._make_body()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._line)
        column.addWidget(self._body)
        self._connect()
        self._walked_to = False
        self._phase, self._message = self._training.state.phase, self._training.state.message
        self.set_folded(not self._training.is_running())
        self.show_state(self._training.state)
        if self._training.choices:
            self.show_choices(self._training.choices)

    @property
    def folded(self) -> bool:
        """Whether the panel is folded."""
        return self._body.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Fold the panel to one line, or unfold it."""
        self._line.setVisible(folded)
        self._body.setVisible(not folded)
        self.setMaximumHeight(self._line.sizeHint().height() if folded else HIGHEST)
        self.folded_changed.emit(folded)
        if not folded and self.isVisible():
            self._look_up()

    @Slot(object)
    def follow_walk(self, walk: WalkState) -> None:
        """Unfold at a walk's step about training, and fold after it if nothing trains."""
        wanted = walk.step is not None and walk.step.trains
        if wanted and self.folded:
            self._walked_to = True
            self.set_folded(False)
        elif self._walked_to and not wanted:
            self._walked_to = False
            self.set_folded(not self._training.is_running())

    @Slot(object)
    def show_state(self, state: TrainingState) -> None:
        """Set all parts from the state of the run; nothing else sets them."""
        if state.phase == "preparing" and self._phase not in ("preparing", "paused"):
            self.set_folded(False)
            self.tabs.show_tab("probe")
        ended = (self._phase, self._message) != (state.phase, state.message) and not state.running
        self._phase, self._message = state.phase, state.message
        self._left.setCurrentWidget(self.progress if state.running else self.setup)
        self.progress.show_state(state)
        self.curves.show_state(state)
        self.tabs.show_state(state)
        self._summary.setText(_summary(state))
        if ended:
            self.setup.show_message(state)

    @Slot(object)
    def show_choices(self, choices: Choices) -> None:
        """List all runs."""
        self.tabs.runs.show_runs(choices.runs)

    @Slot()
    def ask_to_cancel(self) -> CancelBox:
        """Ask before a run is discarded."""
        box = CancelBox(self._training, self)
        box.open()
        return box

    def ask_for_places(self, run: PastRun) -> MovedDialog:
        """Ask where the missing data of a run are now, and resume it."""
        dialog = MovedDialog(run, self._training.survey, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted_sources.connect(
            lambda moved: self._training.resume(run.path, self._training.plan.device.name, moved))
        dialog.open()
        return dialog

    def _make_line(self) -> QWidget:
        line = QWidget()
        self._unfold = button("Train a network …", "Show the training panel")
        self._summary = ElidedLabel()
        self._summary.setProperty("quiet", True)
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._unfold)
        row.addWidget(self._summary, 1)
        return line

    def _make_body(self) -> QWidget:
        body = QWidget()
        self._fold = icon_button("down", "Fold the training panel", name="Fold the training panel")
        self.tabs.add_to_header(self._fold)
        self._left.setFixedWidth(max(LEFT, self._left.minimumSizeHint().width()))  # font sizes differ
        row = QHBoxLayout(body)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(16)
        row.addWidget(self._left)
        row.addWidget(self.curves, 5)
        row.addWidget(self.tabs, 5)
        body.setMinimumHeight(HEIGHT)
        return body

    def _connect(self) -> None:
        training = self._training
        training.state_changed.connect(self.show_state)
        training.choices_changed.connect(self.show_choices)
        self.setup.start_wanted.connect(self._start)
        self.progress.pause_wanted.connect(training.pause)
        self.progress.go_on_wanted.connect(training.go_on)
        self.progress.stop_wanted.connect(training.stop)
        self.progress.cancel_wanted.connect(self.ask_to_cancel)
        self.tabs.runs.drawn_changed.connect(self.curves.show_others)
        self.tabs.resume_wanted.connect(self._resume)
        self.tabs.show_wanted.connect(self._review)
        self.tabs.copy_wanted.connect(self._copy_resume)
        self._unfold.clicked.connect(self._on_unfold)
        self._fold.clicked.connect(self._on_fold)

    @Slot()
    def _on_unfold(self) -> None:
        self.set_folded(False)

    @Slot()
    def _on_fold(self) -> None:
        self.set_folded(True)

    @Slot()
    def _start(self) -> None:
        plan = self._training.plan
        if plan.recipe:
            self._training.start(plan.recipe, plan.sources, plan.device.name)

    @Slot(object)
    def _resume(self, run: PastRun) -> None:
        if run.missing:
            self.ask_for_places(run)
        else:
            self._training.resume(run.path, self._training.plan.device.name)

    @Slot(object)
    def _review(self, run: PastRun) -> None:
        self._training.review(run)
        self.tabs.show_tab("probe")

    @Slot(object)
    def _copy_resume(self, run: Path) -> None:
        QGuiApplication.clipboard().setText(resume_line(run, self._training.plan.device.name))

    def _look_up(self) -> None:
        if self._training.choices is None:
            self._training.look_up()

    def event(self, event: QEvent) -> bool:
        """While the focus is in the panel, keep letters and arrow keys from the page above."""
        return override_typing(event) or super().event(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Look for devices when the panel becomes visible."""
        super().showEvent(event)
        if not self.folded:
            self._look_up()


def _summary(state: TrainingState) -> str:
    """The state of the run in one line."""
    if not state.running:
        return state.message
    name = state.recipe.name if state.recipe else "a run"
    if state.steps == 0:
        return f"{name}: {state.phase}"
    left = f", {duration(state.remaining)} left" if state.remaining is not None else ""
    return f"{name}: {state.phase}, epoch {state.epoch}{left}"
