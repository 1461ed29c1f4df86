"""A figure that the paper does not have: TPR and PxAP by layer, and the selectivity of the gates."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pan.figures.palette import model_colour, model_title
from pan.models.build import STAGES
from pan.report.digits.numbers import RISING
from pan.report.digits.results import Result, Results
from pan.report.style import MARKERS, panels

REGIONS = {"target": ("queried digit", 1.0), "others": ("other digits", 0.5), "elsewhere": ("elsewhere", 0.2)}
"""The regions of an image, with their titles and the opacity of their bars."""
BAR = 0.27
LINE = 0.07
"""Height of a line of text relative to the panel."""


def layer_figure(results: Results) -> Figure:
    """TPR and PxAP of the attention accumulated up to each layer, and below the mean attention of gates by region."""
    attending = [result for result in results.all if result.pools]
    gated = any(len(result.pools) > 1 for result in attending)
    models = [model for model in results.models if any(each.model == model for each in attending)]
    with panels(results.kinds, models, rows=3 if gated else 2, foot=0.2 if gated else 0.0) as (figure, rows):
        columns = [[result for result in attending if result.kind == kind] for kind in results.kinds]
        for measure, row in zip(RISING, rows, strict=False):
            _draw_rising(measure, row, columns)
        if gated:
            for axes, networks in zip(rows[2], columns, strict=True):
                _draw_open(axes, [result for result in networks if len(result.pools) > 1])
            rows[2][0].set_ylim(0, 100)
            rows[2][0].set_ylabel("gate is open, %")
            patches = [Patch(color="black", alpha=alpha, label=title, linewidth=0) for title, alpha in REGIONS.values()]
            figure.legend(handles=patches, loc="outside lower center", ncols=len(patches), frameon=False)
    return figure


def _draw_rising(measure: str, row: Sequence[Axes], columns: Sequence[Sequence[Result]]) -> None:
    """Draw a row of panels with the same scale."""
    for axes, networks in zip(row, columns, strict=True):
        _draw_lines(measure, axes, networks)
    top = row[0].get_ylim()[1]
    row[0].set_ylim(-2 * LINE * top, top)  # room for labels below
    row[0].set_ylabel(f"{RISING[measure]} accumulated up to here, %")
    for axes, networks in zip(row, columns, strict=True):
        _label(measure, axes, networks, LINE * top)


def _draw_lines(measure: str, axes: Axes, networks: Sequence[Result]) -> None:
    for result in networks:
        axes.plot(result.pools, list(_values(measure, result).values()), color=model_colour(result.model),
                  marker=MARKERS.get(result.model, "x"), markersize=4, linewidth=1.2)  # fmt: skip
    axes.set_xlim(0.6, STAGES + 0.5)
    axes.set_xticks(range(1, STAGES + 1))
    axes.set_xlabel("attention")


def _values(measure: str, result: Result) -> dict[int, float]:
    """The values by pool, in percent."""
    shares: Sequence[float | None] = getattr(result.evaluation, f"{measure}_by_layer") or []
    return {pool: 100 * (share or 0.0) for pool, share in zip(result.pools, shares, strict=True)}


def _label(measure: str, axes: Axes, networks: Sequence[Result], line: float) -> None:
    """Write each value beside its mark, without overlaps.

    Args:
        measure: The measure.
        axes: The panel.
        networks: The networks.
        line: Height of a line of text, in percent of the measure.
    """
    for pool in range(1, STAGES + 1):
        lowest_free = -math.inf
        values = [(_values(measure, each)[pool], each) for each in networks if pool in each.pools]
        for value, result in sorted(values, key=lambda pair: pair[0]):
            place = max(value if pool == result.pools[-1] else value - line, lowest_free)  # below a line that goes on
            axes.annotate(f"{value:.0f}", (pool, place), (5, 0), textcoords="offset points", va="center",
                          color=model_colour(result.model))  # fmt: skip
            lowest_free = place + line


def _draw_open(axes: Axes, networks: Sequence[Result]) -> None:
    ticks, labels, left = [], [], 0.0
    for result in networks:
        gates = result.pools[:-1]
        for pool, shares in zip(gates, result.evaluation.open_by_layer or [], strict=False):
            for number, (region, (_, alpha)) in enumerate(REGIONS.items()):
                share = 100 * (getattr(shares, region) or 0.0)
                axes.bar(left + BAR * number, share, BAR, color=model_colour(result.model), alpha=alpha, linewidth=0)
            ticks.append(left + BAR)
            name = model_title(result.model) if pool == gates[len(gates) // 2] else ""
            labels.append(f"{pool}\n{name}")
            left += 1
        left += 0.3
    if not networks:
        axes.text(0.5, 0.5, "no network with gates", transform=axes.transAxes, ha="center", color="gray")
    axes.set_xticks(ticks, labels)
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel("gate")
