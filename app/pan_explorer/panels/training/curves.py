"""The curves of a run with those of other runs behind them, and their view options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QWidget

from pan.figures.palette import distinct_colour
from pan.training.events import Epoch
from pan_explorer.background.training_choices import PastRun
from pan_explorer.state.training import Recent, TrainingState, improved_epoch, kept_epoch
from pan_explorer.widgets.buttons import icon_menu_button
from pan_explorer.widgets.curves import Axes, Curve

if TYPE_CHECKING:
    from pan_explorer.widgets.curve_plot import CurvePlot

METRICS = {
    "accuracy": ("Accuracy", "accuracy %: validation (plain), training (colour)", Axes(low=0, high=100)),
    "loss": ("Loss", "loss in nats: validation (plain), training (colour)", Axes(low=0)),
    "tpr": ("Attention on the object", "attention on it, % by layer, last layer bold", Axes(low=0, high=100)),
    "pxap": ("PxAP on the object", "pixel average precision, % by layer, last layer bold",
             Axes(low=0, high=100)),
}  # fmt: skip
SMOOTHING = {"0.6": 0.6, "0.9": 0.9, "0.97": 0.97, "None": 0.0}
LAST = {"All": 0, "5": 5, "10": 10, "20": 20}


class TrainingCurves(QWidget):
    """Draws the results of the epochs of runs."""

    def __init__(self) -> None:
        super().__init__()
        self._metric = "accuracy"
        self._epochs: tuple[Epoch, ...] = ()
        self._training: tuple[Recent, ...] = ()
        self._model = ""
        self._whole = 1
        self._patience = 0
        self._others: tuple[PastRun, ...] = ()
        self._axes = Axes(smoothing=0.6)
        self._plot: CurvePlot | None = None
        self._empty = QLabel("Curves are drawn here while a network trains.", alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("quiet", True)
        self._empty.setWordWrap(True)
        self._options = icon_menu_button("more", "View options of the curves", self._make_menu())
        self._options.setFixedWidth(32)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 4, 0)
        self._grid.setSpacing(4)
        self._grid.addWidget(self._empty, 0, 0)
        self._grid.addWidget(self._options, 0, 1, alignment=Qt.AlignmentFlag.AlignTop)
        self._draw()

    @property
    def plot(self) -> CurvePlot:
        """The plot; made when it is first needed, so that the start stays quick."""
        if self._plot is None:
            from pan_explorer.widgets.curve_plot import CurvePlot

            self._plot = CurvePlot()
            self._plot.hide()
            self._grid.addWidget(self._plot, 0, 0)
        return self._plot

    def show_state(self, state: TrainingState) -> None:
        """Draw the results of the run, if there are new ones."""
        model = state.recipe.model if state.recipe else ""
        whole = state.recipe.epochs if state.recipe else 1
        patience = state.recipe.optimization.patience if state.recipe else 0
        shown = (self._epochs, self._training, self._model, self._whole, self._patience)
        if (state.epochs, state.training_curve, model, whole, patience) != shown:
            self._epochs, self._training, self._model = state.epochs, state.training_curve, model
            self._whole, self._patience = whole, patience
            self._draw()

    def show_others(self, runs: Sequence[PastRun]) -> None:
        """Draw the curves of these runs too."""
        if tuple(runs) != self._others:
            self._others = tuple(runs)
            self._draw()

    def show_metric(self, metric: str) -> None:
        """Draw accuracy, loss, or the attention on the object."""
        self._metric = metric
        self._draw()

    def look(self, axes: Axes) -> None:
        """Set the axes of the plot; the metric sets their ends."""
        self._axes = axes
        self._draw()

    def _draw(self) -> None:
        _, caption, ends = METRICS[self._metric]
        colour = distinct_colour(self._model, ()) if self._model else ""
        curves = _curves(self._metric, self._epochs, self._training, colour)
        curves += [_behind(self._metric, run) for run in self._others]
        kept, improved = kept_epoch(self._epochs), improved_epoch(self._epochs)
        mark = (kept.epoch, 100 * kept.validation_accuracy) if kept and self._metric == "accuracy" else None
        end = (float(improved.epoch + self._patience), "patience") if improved and self._patience else None
        whole = max([self._whole, *(run.recipe.epochs for run in self._others)])
        drawn = any(curve.x for curve in curves)
        if drawn or self._plot or self.isVisible():  # a visible plot is made early, so that curves need not wait
            self.plot.set_axes(replace(self._axes, low=ends.low, high=ends.high))
            self.plot.set_curves(curves, mark, whole, end)
            self.plot.set_caption(caption)
            self.plot.setVisible(drawn)
        self._options.setVisible(drawn)
        self._empty.setVisible(not drawn)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        metrics = _group(menu, {text: metric for metric, (text, _, _) in METRICS.items()})
        menu.addSeparator()
        log, outliers = menu.addAction("Logarithmic"), menu.addAction("Leave out outliers")
        smoothing = _group(menu.addMenu("Smoothing of training"), SMOOTHING)
        last = _group(menu.addMenu("Last epochs"), LAST)
        for action, slot in ((log, self._set_log), (outliers, self._leave_out)):
            action.setCheckable(True)
            action.toggled.connect(slot)
        metrics.triggered.connect(self._set_metric)
        smoothing.triggered.connect(self._set_smoothing)
        last.triggered.connect(self._set_last)
        return menu

    @Slot(QAction)
    def _set_metric(self, action: QAction) -> None:
        self.show_metric(action.data())

    @Slot(QAction)
    def _set_smoothing(self, action: QAction) -> None:
        self.look(replace(self._axes, smoothing=action.data()))

    @Slot(QAction)
    def _set_last(self, action: QAction) -> None:
        self.look(replace(self._axes, last=action.data()))

    @Slot(bool)
    def _set_log(self, on: bool) -> None:
        self.look(replace(self._axes, log=on))

    @Slot(bool)
    def _leave_out(self, on: bool) -> None:
        self.look(replace(self._axes, outliers=not on))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Draw the results that came while the widget was hidden."""
        super().showEvent(event)
        self._draw()


def _curves(metric: str, epochs: Sequence[Epoch], training: Sequence[Recent], colour: str) -> list[Curve]:
    """The lines of one run, the most important on top."""
    x = tuple(float(epoch.epoch) for epoch in epochs)
    moments = tuple(each.epoch for each in training)
    if metric == "loss":
        return [Curve("validation loss", x, tuple(epoch.validation_loss for epoch in epochs)),
                Curve("training loss", moments, tuple(each.loss for each in training), colour, noisy=True)]
    if metric == "tpr":
        return _by_layer("TPR", x, [epoch.tpr_by_layer for epoch in epochs], colour)
    if metric == "pxap":
        return _by_layer("PxAP", x, [epoch.pxap_by_layer for epoch in epochs], colour)
    curves = [Curve("validation %", x, tuple(100 * epoch.validation_accuracy for epoch in epochs)),
              Curve("training %", moments, tuple(100 * each.accuracy for each in training), colour, noisy=True)]
    ranked = tuple(100 * mean for epoch in epochs if (mean := epoch.mean_average_precision) is not None)
    if ranked and len(ranked) == len(x):
        curves.append(Curve("validation, mean average precision %", x, ranked, faint=True))
    return curves


def _by_layer(name: str, x: tuple[float, ...], shares: Sequence[tuple[float, ...]], colour: str) -> list[Curve]:
    """A line for each layer, the last on top; epochs of version 0.4.0 lack some measures."""
    layers = max(map(len, shares), default=0)
    measured = [(at, each) for at, each in zip(x, shares, strict=True) if len(each) == layers]
    return [
        Curve(f"{name} % after layer {layer}", tuple(at for at, _ in measured),
              tuple(100 * each[layer - 1] for _, each in measured), colour, faint=layer < layers)
        for layer in range(layers, 0, -1)
    ]  # fmt: skip


def _behind(metric: str, run: PastRun) -> Curve:
    """The line of another run."""
    line = (_curves(metric, run.epochs, (), "") or [Curve("", (), ())])[0]
    return replace(line, name=f"{run.path.name} {line.name}", colour=distinct_colour(run.recipe.model, ()), faint=True)


def _group(menu: QMenu, values: dict[str, str] | dict[str, float] | dict[str, int]) -> QActionGroup:
    """One action for each value; one is checked, at first the first."""
    group = QActionGroup(menu)
    for text, value in values.items():
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(not group.actions())
        action.setData(value)
        group.addAction(action)
    return group
