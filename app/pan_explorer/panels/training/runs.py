"""The list of runs: their progress, a tick to draw their curves, and resuming one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from pan_explorer.background.training_choices import PastRun
from pan_explorer.panels.training.words import percent
from pan_explorer.widgets.foreign_words import as_tip

NONE = "Runs are listed here once they have ended, to compare, show and resume."
COLUMNS = ("Run", "Begun", "Epochs", "Best", "Q/s")
BEGUN = 1
ROOMY = 54
"""Letters that all columns need side by side; a narrower list has no column for the begin."""


class TrainingRuns(QTreeWidget):
    """One row for each run; a tick draws its curve."""

    drawn_changed = Signal(object)  # tuple of PastRun
    chosen_changed = Signal(object)  # PastRun | None
    show_wanted = Signal(object)  # PastRun

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._runs: tuple[PastRun, ...] = ()
        self.setHeaderLabels(COLUMNS)
        self.setHeaderHidden(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.headerItem().setToolTip(4, "Questions per second")
        self.setAccessibleName("Runs")
        self.setToolTip("A tick draws a run's curve; a double click shows the run again")
        self.itemChanged.connect(self._emit_drawn)
        self.itemSelectionChanged.connect(self._emit_selection)
        self.itemActivated.connect(self._show)

    def show_runs(self, runs: tuple[PastRun, ...]) -> None:
        """List these runs; the ticks and the selection stay."""
        ticked, chosen = {run.path for run in self.drawn()}, self.chosen()
        self._runs = runs
        self.setHeaderHidden(not runs)
        self.blockSignals(True)
        self.clear()
        for run in runs:
            row = _row(run, ticked=run.path in ticked)
            self.addTopLevelItem(row)
            if chosen is not None and run.path == chosen.path:
                self.setCurrentItem(row)
        self.blockSignals(False)
        self._emit_drawn()
        self._emit_selection()

    def drawn(self) -> tuple[PastRun, ...]:
        """The ticked runs."""
        items = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        return tuple(run for run, item in zip(self._runs, items, strict=True)
                     if item and item.checkState(0) == Qt.CheckState.Checked)

    def chosen(self) -> PastRun | None:
        """The selected run."""
        rows = [index.row() for index in self.selectedIndexes()]
        return self._runs[rows[0]] if rows else None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Say what will be listed, while nothing is."""
        super().paintEvent(event)
        if not self._runs:
            painter, place = QPainter(self.viewport()), self.viewport().rect()
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, NONE)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave room for the names; a run's tool tip has its begin too."""
        super().resizeEvent(event)
        self.setColumnHidden(BEGUN, self.viewport().width() < ROOMY * self.fontMetrics().averageCharWidth())

    @Slot()
    def _emit_drawn(self) -> None:
        self.drawn_changed.emit(self.drawn())

    @Slot()
    def _emit_selection(self) -> None:
        self.chosen_changed.emit(self.chosen())

    @Slot()
    def _show(self) -> None:
        if run := self.chosen():
            self.show_wanted.emit(run)


def _row(run: PastRun, *, ticked: bool) -> QTreeWidgetItem:
    speed, begun = run.questions_per_second, f"{datetime.fromtimestamp(run.began):%d %b %H:%M}"
    row = QTreeWidgetItem([
        run.title,
        begun,
        f"{len(run.epochs)} of {run.recipe.epochs}" + ("" if run.ending == "finished" else f", {run.ending}"),
        percent(run.best) if run.best is not None else "–",
        f"{speed:,.0f}" if speed else "–",
    ])
    row.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    row.setToolTip(0, as_tip(f"{run.recipe.name} {run.recipe.preset}, begun {begun}\n{run.path}"))
    row.setToolTip(2, as_tip(run.last_line))
    for column in range(2, len(COLUMNS)):
        row.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return row
