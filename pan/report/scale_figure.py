"""Figure 6a: how often networks are right about small digits and large ones."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pan.figures.palette import model_colour
from pan.report.results import Result, Results
from pan.report.style import MARKERS, panels

SHIFT = 0.09  # between networks, so that their intervals stand beside each other


def scale_figure(results: Results) -> Figure:
    """Accuracy over the queried digit's scale with its 95 % interval, of the digit placed first in each scene."""
    with panels(results.kinds, results.models) as (figure, (row,)):
        for kind, axes in zip(results.kinds, row, strict=True):
            networks = results.of_kind(kind)
            for number, result in enumerate(networks):
                _draw(axes, result, SHIFT * (number - (len(networks) - 1) / 2))
            bins = networks[0].by_scale
            axes.set_xticks(range(len(bins)), [f"{each.low}–{each.high}" for each in bins])
            axes.set_xlabel("scale of the queried digit")
        row[0].set_ylabel("right answers, %")
    return figure


def _draw(axes: Axes, result: Result, shift: float) -> None:
    places = [place for place, each in enumerate(result.by_scale) if each.examples]
    filled = [result.by_scale[place] for place in places]
    accuracy = np.array([each.accuracy for each in filled], float)
    low, high = np.array([each.interval for each in filled], float).reshape(-1, 2).T
    reach = np.maximum([accuracy - low, high - accuracy], 0)  # where all are right, rounding may put them below
    axes.errorbar(
        np.array(places) + shift, 100 * accuracy, 100 * reach,
        color=model_colour(result.model), marker=MARKERS.get(result.model, "x"),
        markersize=3.5, linewidth=1.2, elinewidth=0.7, capsize=1.5, capthick=0.7,
    )  # fmt: skip
