"""Figure 6: accuracy and covering over scale (a), and attention as a detector of the digit's pixels (b)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import offset_copy

from pan.evaluation.accuracy import ScaleBin, ScaleMean
from pan.evaluation.precision_recall import PrecisionRecall
from pan.figures.palette import model_colour, model_title
from pan.report.digits.results import Result, Results
from pan.report.style import MARKERS, panels

SHIFT = 0.09  # horizontal distance between networks, so that their intervals do not overlap
Dashes = Literal["-"] | tuple[float, Sequence[float]]
SOLID: Dashes = "-"
DASHED: Dashes = (0.0, (3.0, 1.2))
BELOW = 30
"""Distance in points from the panel to the legend below it."""


def scale_figure(results: Results) -> Figure:
    """Figure 6a: accuracy over the scale of the queried digit, for the first digit of each scene."""
    with panels(results.kinds, results.models) as (figure, (row,)):
        for kind, axes in zip(results.kinds, row, strict=True):
            networks = results.of_kind(kind)
            _draw_bins(axes, [(each.model, each.by_scale) for each in networks])
            axes.set_xlabel("scale of the queried digit")
        row[0].set_ylabel("right answers, %")
    return figure


def covering_figure(results: Results) -> Figure:
    """PxAP and coverage of the accumulated attention over the scale of the queried digit, for all digits."""
    attending = [model for model in results.models if any(each.model == model and each.pools for each in results.all)]
    with panels(results.kinds, attending, rows=2) as (figure, rows):
        for column, kind in enumerate(results.kinds):
            measured = [(each.model, each.evaluation) for each in results.of_kind(kind) if each.pools]
            _draw_bins(rows[0][column], [(model, each.pxap_by_scale or []) for model, each in measured])
            _draw_bins(rows[1][column], [(model, each.coverage_by_scale or []) for model, each in measured])
            rows[1][column].set_xlabel("scale of the queried digit")
        for (first, *_), words in zip(rows, ("PxAP, %", "digit's pixels attended, %"), strict=True):
            first.set_ylim(0, 102)
            first.set_ylabel(words)
    return figure


def _draw_bins(axes: Axes, networks: Sequence[tuple[str, Sequence[ScaleBin | ScaleMean]]]) -> None:
    """A line for each network, shifted against the others."""
    for number, (model, bins) in enumerate(networks):
        shares = [(place, each[3], each.interval or (each[3], each[3])) for place, each in enumerate(bins)
                  if each[3] is not None]  # fmt: skip
        places = np.array([place for place, *_ in shares], float)
        means = np.array([mean for _, mean, _ in shares], float)
        low, high = np.array([interval for *_, interval in shares], float).reshape(-1, 2).T
        reach = np.maximum([means - low, high - means], 0)  # rounding may make them negative if all are right
        axes.errorbar(
            places + SHIFT * (number - (len(networks) - 1) / 2), 100 * means, 100 * reach,
            color=model_colour(model), marker=MARKERS.get(model, "x"),
            markersize=3.5, linewidth=1.2, elinewidth=0.7, capsize=1.5, capthick=0.7,
        )  # fmt: skip
    if networks:
        bins = networks[0][1]
        axes.set_xticks(range(len(bins)), [f"{each.low}–{each.high}" for each in bins])


def curve_figure(results: Results) -> Figure:
    """Figure 6b: precision over recall of the last map, and dashed of the accumulated maps if there are several."""
    attending = [model for model in results.models if any(each.model == model and each.pools for each in results.all)]
    with panels(results.kinds, attending, foot=0.55) as (figure, (row,)):
        for kind, axes in zip(results.kinds, row, strict=True):
            lines = [line for result in results.of_kind(kind) for line in _lines(result)]
            for line in lines:
                axes.add_line(line)
            axes.set_xlim(0, 1)
            axes.set_ylim(0, 1)
            axes.set_xlabel("recall")
            if lines:
                below = offset_copy(axes.transAxes, figure, y=-BELOW, units="points")
                legend = axes.legend(handles=lines, loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=below,
                                     ncols=2, frameon=False, fontsize=5.5, handlelength=2.2, columnspacing=1.2,
                                     title="average precision", borderaxespad=0)  # fmt: skip
                legend.get_title().set_fontsize(5.5)
        row[0].set_ylabel("precision")
    return figure


def _lines(result: Result) -> list[Line2D]:
    measured = result.evaluation
    curves: list[tuple[PrecisionRecall | None, float | None, Dashes, str]] = [
        (measured.precision_recall, measured.average_precision, SOLID, "")
    ]
    if len(result.pools) > 1:
        curves.append((
            measured.precision_recall_accumulated, measured.average_precision_accumulated, DASHED, ", all maps"
        ))  # fmt: skip
    return [
        _line(result.model, curve, style, f"{model_title(result.model)}{note} {precision:.2f}")
        for curve, precision, style, note in curves
        if curve is not None and precision is not None
    ]


def _line(model: str, curve: PrecisionRecall, style: Dashes, label: str) -> Line2D:
    return Line2D(curve.recall, curve.precision, color=model_colour(model), linewidth=1.2, linestyle=style, label=label)
