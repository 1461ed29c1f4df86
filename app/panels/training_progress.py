"""How far the run is, and the buttons that pause, stop and cancel it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QWidget

from app.panels.training_words import duration, percent
from app.training_state import TrainingState
from app.widgets.controls import push_button
from app.widgets.labels import ElidedLabel, quiet

WAITING = ("paused", "stopping")


class TrainingProgress(QWidget):
    """Says where a run stands; its buttons only tell what a person wants."""

    pause_wanted = Signal()
    go_on_wanted = Signal()
    stop_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = ElidedLabel()
        self._title.setProperty("title", True)
        self._setting, self._speed = quiet(), quiet()
        self._where, self._left, self._best = QLabel(), quiet(), QLabel()
        self._whole, self._part = _bar(6, "Progress of the run"), _bar(3, "Progress of the epoch")
        self.pause = push_button("Pause", "Wait between two steps")
        self.go_on = push_button("Go on", "End the pause")
        self.stop = push_button("Stop and keep", "End the run after this step and keep its best weights")
        self.cancel = push_button("Cancel…", "End the run and throw it away")
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
        grid.setRowStretch(5, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.pause, self.go_on, self.stop, self.cancel):
            buttons.addWidget(button)
        grid.addLayout(buttons, 6, 0)

    def show_state(self, state: TrainingState) -> None:
        """Set every label, bar and button."""
        self._show_buttons(state)
        recipe = state.recipe
        self._title.setText(recipe.name if recipe else "a run")
        self._setting.setText(f"{recipe.preset if recipe else ''} · {state.device}".strip(" ·"))
        if state.steps == 0:
            self._show_preparation(state)
            return
        steps = recipe.steps_per_epoch if recipe else state.steps
        _fill(self._whole, state.step, state.steps)
        _fill(self._part, steps if state.step == state.steps else state.step % steps, steps)
        self._where.setText(f"epoch {state.epoch} of {recipe.epochs if recipe else '?'}")
        self._left.setText(_time_left(state))
        speed = state.questions_per_second
        self._speed.setText(f"{speed:,.0f} questions/s" if speed else "")
        self._best.setText(f"best {percent(state.best.validation_accuracy)}" if state.best else "")

    def _show_buttons(self, state: TrainingState) -> None:
        self.pause.setVisible(state.phase != "paused")
        self.go_on.setVisible(state.phase == "paused")
        self.pause.setEnabled(state.phase in ("preparing", "training"))
        for button in (self.stop, self.cancel):
            button.setEnabled(state.phase in ("preparing", "training", "paused"))

    def _show_preparation(self, state: TrainingState) -> None:
        made = state.preparing
        _fill(self._whole, made.done if made else 0, made.total if made else 0)
        _fill(self._part, 0, 1)
        self._where.setText(f"drawing {made.what}" if made else "loading")
        count = f"{made.done:,} of {made.total:,}" if made else ""
        self._left.setText(state.phase if state.phase in WAITING else count)
        self._speed.setText("")
        self._best.setText("")


def _time_left(state: TrainingState) -> str:
    if state.phase in WAITING:
        return state.phase
    return "estimating" if state.remaining is None else f"{duration(state.remaining)} left"


def _bar(height: int, name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    bar.setFixedHeight(height)
    return bar


def _fill(bar: QProgressBar, done: int, total: int) -> None:
    bar.setRange(0, total)  # 0 of 0 is drawn as busy
    bar.setValue(done)


def _row(left: QLabel, right: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left, 1)
    row.addWidget(right)
    return row
