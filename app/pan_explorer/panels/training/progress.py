"""The progress of the run, and the buttons that pause, stop and cancel it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from pan_explorer.panels.training.words import duration, percent
from pan_explorer.state.training import TrainingState
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.labels import ElidedLabel, quiet
from pan_explorer.widgets.thin_bar import ThinBar

WAITING = ("paused", "stopping")


class TrainingProgress(QWidget):
    """Shows the progress of a run; its buttons only emit signals."""

    pause_wanted = Signal()
    go_on_wanted = Signal()
    stop_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = ElidedLabel()
        self._title.setProperty("title", True)
        self._setting, self._speed, self._elapsed, self._patience = quiet(), quiet(), quiet(), quiet()
        self._where, self._left, self._best = ElidedLabel(), quiet(), QLabel()
        self._whole, self._part = ThinBar(6, "Progress of the run"), ThinBar(3, "Progress of the epoch")
        self.pause = button("Pause", "Wait between two steps")
        self.go_on = button("Go on", "End the pause")
        self.stop = button("Stop and keep", "End the run after this step and keep its best weights")
        self.cancel = button("Cancel …", "End the run and discard it")
        self.pause.clicked.connect(self.pause_wanted)
        self.go_on.clicked.connect(self.go_on_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        grid.addLayout(_row(self._title, self._setting), 0, 0)
        grid.addWidget(self._whole, 1, 0)
        grid.addWidget(self._part, 2, 0)
        grid.addLayout(_row(self._where, self._left), 3, 0)
        grid.addLayout(_row(self._speed, self._best), 4, 0)
        grid.addLayout(_row(self._elapsed, self._patience), 5, 0)
        grid.setRowStretch(6, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for each in (self.pause, self.go_on, self.stop, self.cancel):
            buttons.addWidget(each)
        grid.addLayout(buttons, 7, 0)

    def show_state(self, state: TrainingState) -> None:
        """Set all labels, bars and buttons."""
        self._show_buttons(state)
        recipe = state.recipe
        self._title.setText(recipe.name if recipe else "a run")
        self._setting.setText(f"{recipe.preset if recipe else ''} · {state.device}".strip(" ·"))
        if state.steps == 0:
            self._show_preparation(state)
            return
        steps = recipe.steps_per_epoch if recipe else state.steps
        self._whole.show_share(state.step, state.steps)
        self._part.show_share(steps if state.step == state.steps else state.step % steps, steps)
        self._where.setText(_where(state))
        self._left.setText(_time_left(state))
        speed = state.questions_per_second
        self._speed.setText(f"{speed:,.0f} questions/s" if speed else "")
        self._best.setText(f"best {percent(state.best.merit)}" if state.best else "")
        self._patience.setText(_patience(state))
        self._elapsed.setText(f"{duration(state.elapsed)} so far")

    def _show_buttons(self, state: TrainingState) -> None:
        self.pause.setVisible(state.phase != "paused")
        self.go_on.setVisible(state.phase == "paused")
        self.pause.setEnabled(state.phase in ("preparing", "training"))
        for each in (self.stop, self.cancel):
            each.setEnabled(state.phase in ("preparing", "training", "paused"))

    def _show_preparation(self, state: TrainingState) -> None:
        made = state.preparing
        self._whole.show_share(made.done if made else 0, made.total if made else 0)
        self._part.show_share(0, 1)
        self._where.setText(made.what if made else "loading")
        count = f"{made.done:,} of {made.total:,}" if made else ""
        self._left.setText(state.phase if state.phase in WAITING else count)
        for label in (self._speed, self._best, self._elapsed, self._patience):
            label.clear()


def _patience(state: TrainingState) -> str:
    """The number of epochs without improvement, of the patience."""
    if state.best is None or state.recipe is None or not state.recipe.optimization.patience:
        return ""
    return f"{state.without_better} of {state.recipe.optimization.patience} without better"


def _where(state: TrainingState) -> str:
    epoch = f"epoch {state.epoch} of {state.recipe.epochs if state.recipe else '?'}"
    if state.validating is None:
        return epoch
    done, total = state.validating
    return f"validating epoch {len(state.epochs) + 1}: {100 * done / max(1, total):.0f} %"


def _time_left(state: TrainingState) -> str:
    if state.phase in WAITING:
        return state.phase
    return "estimating" if state.remaining is None else f"{duration(state.remaining)} left"


def _row(left: QLabel, right: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left, 1)
    row.addWidget(right)
    return row
