"""Figure 6 of the paper from the available evaluations: accuracy by scale, precision and recall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pan.figures.palette import model_colour, model_title
from pan_explorer.background.paper import SCENES
from pan_explorer.session.session import Session
from pan_explorer.state.paper import KIND_TITLES, Network, PaperState
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.figure_plot import FigurePlot, Line
from pan_explorer.widgets.labels import Dot, ElidedLabel, heading, quiet
from pan_explorer.widgets.layouts import clear_layout
from pan_explorer.widgets.segmented import Segmented
from pan_explorer.widgets.thin_bar import ThinBar

SHIFT = 0.05  # shift between networks, so that their intervals do not overlap


class PaperFigures(QWidget):
    """The two plots, in the right half of the page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[object, ...] = ()
        self._kind = Segmented(list(KIND_TITLES.items()), name="data of the figures")
        self._kind.chosen.connect(session.paper.show_kind)
        self._act = button("Evaluate", primary=True)
        self._act.clicked.connect(self._evaluate_or_cancel)
        self._bar, self._note = ThinBar(4, "progress of the evaluation"), ElidedLabel()
        self._note.setProperty("quiet", True)
        self._legend = QHBoxLayout()
        self._legend.setSpacing(6)
        self._scale = FigurePlot("accuracy by scale", "scale of the queried digit", "right answers, %")
        self._curve = FigurePlot("precision and recall of the attention", "recall, %", "precision, %")
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._legend)
        column.addWidget(heading("Figure 6a: right answers by scale, with 95 % intervals"))
        column.addWidget(self._scale, 1)
        column.addWidget(heading("Figure 6b: precision and recall of the last map; dashed, of all maps"))
        column.addWidget(self._curve, 1)
        self._empty = quiet()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(figures)
        self._stack.addWidget(self._empty)
        head = QHBoxLayout()
        head.addWidget(self._kind)
        head.addStretch()
        head.addWidget(self._act)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._bar)
        whole.addWidget(self._note)
        whole.addLayout(self._stack, 1)
        session.paper.state_changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        state = self._session.paper.state
        progress = state.progress
        self._kind.choose(state.kind)
        measured = [(each, state.measured[each.name]) for each in state.of_kind(state.kind)
                    if each.name in state.measured]  # fmt: skip
        missing = len(state.of_kind(state.kind)) - len(measured)
        self._bar.setVisible(progress is not None)
        self._act.setVisible(progress is not None or missing > 0)
        if progress is not None:
            self._bar.show_share(progress.done, progress.total)
            self._act.setText("Cancel")
            self._note.setText(f"{progress.what} · {progress.done:,} of {progress.total:,}")
        else:
            self._act.setText(f"Evaluate on {SCENES} test scenes")
            self._act.setToolTip("Draws test scenes once, and asks the networks of this kind about every digit")
            self._note.setText(self._words(measured))
        self._stack.setCurrentIndex(0 if measured else 1)
        self._empty.setText(self._why_empty(state, missing))
        if (state.kind, state.measured, state.networks) != self._shown:
            self._shown = state.kind, state.measured, state.networks
            self._draw(measured)

    def _words(self, measured: list[tuple[Network, Mapping[str, Any]]]) -> str:
        if not measured:
            return ""
        bins = measured[0][1].get("accuracy_by_scale") or []
        few = f"; {bins[-1]['examples']:,} of them above scale 2.5" if bins else ""
        return f"{measured[0][1]['examples']:,} questions about {SCENES} test scenes{few}"

    def _why_empty(self, state: PaperState, missing: int) -> str:
        title = KIND_TITLES[state.kind]
        if not state.looked_up:
            return "Looking for networks …"
        if not missing:
            return f"There is no network trained on {title}.\nTrain one, or add a checkpoint."
        return (f"The figures of {title} are drawn from an evaluation.\n"
                f"Press Evaluate: {SCENES} test scenes are drawn,\nand every network is asked about each digit.")

    def _draw(self, measured: list[tuple[Network, Mapping[str, Any]]]) -> None:
        clear_layout(self._legend)
        scales: list[Line] = []
        curves: list[Line] = []
        ticks: list[tuple[float, str]] = []
        for number, (network, values) in enumerate(measured):
            colour, title = model_colour(network.model), model_title(network.model)
            self._legend.addWidget(Dot(colour, 9))
            self._legend.addWidget(quiet(title))
            bins = [(place, each) for place, each in enumerate(values.get("accuracy_by_scale") or ())
                    if each["examples"]]  # fmt: skip
            shift = SHIFT * (number - (len(measured) - 1) / 2)
            scales.append(Line(
                title, colour, tuple(place + shift for place, _ in bins),
                _percent(each["accuracy"] for _, each in bins),
                _percent(each["interval"][0] for _, each in bins), _percent(each["interval"][1] for _, each in bins),
            ))  # fmt: skip
            ticks = ticks or [(float(place), f"{each['low']:g}–{each['high']:g}") for place, each in bins]
            curves += _curves(title, colour, values)
        self._legend.addStretch()
        low = min((min(line.low) for line in scales if line.low), default=0.0)
        self._scale.show_lines(scales, ticks, (0, max(1, len(ticks) - 1)), (min(90.0, 10 * (low // 10)), 100))
        highest = max((max(line.y) for line in curves if line.y), default=100.0)
        percents = [(float(tick), str(tick)) for tick in range(0, 101, 20)]
        self._curve.show_lines(curves, percents, (0, 100), (0, min(100, 20 * (highest // 20 + 1))))

    @Slot()
    def _evaluate_or_cancel(self) -> None:
        paper = self._session.paper
        if paper.state.progress is None:
            paper.evaluate(paper.state.kind)
        else:
            paper.cancel()


def _curves(title: str, colour: str, values: Mapping[str, Any]) -> list[Line]:
    """The curve of the last map; dashed, the curve of all maps' product if there are several."""
    curves = []
    if curve := values.get("precision_recall"):
        curves.append(Line(title, colour, _percent(curve["recall"]), _percent(curve["precision"])))
    curve = values.get("precision_recall_accumulated")
    if curve and len(values.get("tpr_by_layer") or ()) > 1:
        recall, precision = _percent(curve["recall"]), _percent(curve["precision"])
        curves.append(Line(f"{title}, all its maps", colour, recall, precision, dashed=True))
    return curves


def _percent(shares: Any) -> tuple[float, ...]:  # noqa: ANN401 - JSON's lists
    return tuple(100 * share for share in shares)
