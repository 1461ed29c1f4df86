"""Figure 6b: attention as a detector of the digit's pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import offset_copy

from pan.evaluation.precision_recall import PrecisionRecall
from pan.figures.palette import model_colour, model_title
from pan.report.results import Result, Results
from pan.report.style import panels

Dashes = Literal["-"] | tuple[float, Sequence[float]]
SOLID: Dashes = "-"
DASHED: Dashes = (0.0, (3.0, 1.2))
BELOW = 30
"""Points from the panel to its legend, which would cover the curves within it."""


def curve_figure(results: Results) -> Figure:
    """Precision over recall: of the last map, and dashed of all maps accumulated where there are several."""
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
