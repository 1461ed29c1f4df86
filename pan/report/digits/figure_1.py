"""Figure 1: attention refined layer by layer; as a figure, and as a measurement on smaller and larger digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from pan.data.questions import QuestionSet
from pan.evaluation.results import Distractors
from pan.figures.explanation import faded, show
from pan.figures.palette import model_colour, model_title
from pan.report.digits.figures_4_10_11 import ask
from pan.report.digits.results import Result
from pan.report.figures_7_8 import Example
from pan.report.style import MARKERS, drawing, panels
from pan.report.table import percent

QUERY = "7"  # the paper's
CELL = 1.25  # inches of a picture
GONE = 0.5
"""A digit counts as suppressed if its share of attention, relative to even attention, is below this value."""
DASHED = (0.0, (3.0, 1.2))


def teaser(network: Result) -> Example:
    """The first question about a 7 that the network answers rightly; failing that, the first question."""
    questions, task = network.questions, network.checkpoint.task
    rows = np.flatnonzero((questions.query == task.query_index(QUERY)) & network.right)
    return ask([network], int(rows[0]) if len(rows) else 0)


def teaser_figure(examples: Sequence[Example]) -> Figure:
    """A row for each question: the image faded by the attention accumulated up to each layer, and the answer."""
    columns = 1 + max(len(example.explanations[0].layers) for example in examples)
    with drawing(CELL * (columns + 0.75), CELL * 1.04 * len(examples) + 0.2) as figure:
        figure.set_layout_engine("constrained")
        axes: np.ndarray = figure.subplots(len(examples), columns + 1, squeeze=False,
                                           width_ratios=[1.0] * columns + [0.65])  # fmt: skip
        for number, (example, row) in enumerate(zip(examples, axes, strict=True)):
            explanation = example.explanations[0]
            for cell in row:
                cell.axis("off")
            pictures = [explanation.image, *(faded(explanation.image, each.accumulated) for each in explanation.layers)]
            titles = ["input", *(each.name.replace("att", "attention ") for each in explanation.layers)]
            for cell, picture, title in zip(row, pictures, titles, strict=False):
                cell.axis("on")
                show(cell, picture)
                if number == 0:
                    cell.set_title(title, pad=3)
            words = f"query: {explanation.query}\nanswer: {example.answer}\n{model_title(explanation.model)}: "
            row[-1].text(0, 0.5, words + explanation.answer, va="center", transform=row[-1].transAxes, linespacing=1.5)
    return figure


class Left(NamedTuple):
    """A network's accumulated attention on other digits, relative to even attention.

    Attributes:
        result: The network.
        smaller: Attention on an average smaller digit, for each layer.
        larger: Attention on an average larger digit, for each layer.
    """

    result: Result
    smaller: tuple[float, ...]
    larger: tuple[float, ...]


def even_shares(questions: QuestionSet) -> Distractors:
    """The share of an image that an average smaller, and an average larger, other digit covers."""
    pixels = questions.images.shape[1] ** 2
    areas = np.bitwise_count(questions.packed_masks).sum(1, dtype=np.int64) / pixels
    sides: tuple[list[float], list[float]] = ([], [])
    for rows in questions.rows:
        shown = areas[rows][areas[rows] > 0]
        for area in shown:
            for side, others in zip(sides, (shown[shown < area], shown[shown > area]), strict=True):
                if len(others):
                    side.append(float(others.mean()))
    return Distractors(*(float(np.mean(side)) if side else None for side in sides))


def attention_left(result: Result) -> Left | None:
    """The attention on other digits; None for fewer than two layers, or without digits of different sizes."""
    even = even_shares(result.questions)
    measured = result.evaluation.distractors_by_layer or []
    if len(measured) < 2 or even.smaller is None or even.larger is None:
        return None
    return Left(result, tuple((each.smaller or 0.0) / even.smaller for each in measured),
                tuple((each.larger or 0.0) / even.larger for each in measured))  # fmt: skip


def distractor_sentence(left: Left) -> str:
    """A sentence that says in which order smaller and larger digits are suppressed."""
    parts = (
        f"{' → '.join(percent(share, 0) for share in shares)} % on an average {size} one"
        for size, shares in (("smaller", left.smaller), ("larger", left.larger))
    )
    return (
        f"{left.result.kind.upper()}, {model_title(left.result.model)}: relative to even attention, layer by layer, "
        f"{', '.join(parts)}: {_order(left)}."
    )


def _order(left: Left) -> str:
    """The order of suppression, by the layer after which less than half is left."""
    small, large = (_gone_after(left.result, shares) for shares in (left.smaller, left.larger))
    if small is None and large is None:
        return "neither is suppressed"
    if small is None:
        return f"only large ones are suppressed, after attention {large}"
    if large is None:
        return f"only small ones are suppressed, after attention {small}"
    if small == large:
        return f"both are suppressed after attention {small}"
    first, later = ("small", "large") if small < large else ("large", "small")
    begin, end = sorted((small, large))
    return f"{first} ones are suppressed first, after attention {begin}, {later} ones after attention {end}"


def _gone_after(result: Result, shares: Sequence[float]) -> int | None:
    return next((pool for pool, share in zip(result.pools, shares, strict=True) if share < GONE), None)


def distractor_figure(networks: Sequence[Left]) -> Figure:
    """A panel for each network's kind: smaller digits dashed, larger ones solid, starting from even attention."""
    kinds, models = ([getattr(each.result, name) for each in networks] for name in ("kind", "model"))
    with panels(kinds, list(dict.fromkeys(models))) as (figure, (row,)):
        for axes, left in zip(row, networks, strict=True):
            model, pools = left.result.model, left.result.pools
            for shares, style in ((left.smaller, DASHED), (left.larger, "-")):
                axes.plot([pools[0] - 1, *pools], [100.0, *(100 * share for share in shares)], linestyle=style,
                          color=model_colour(model), marker=MARKERS.get(model, "x"), markersize=4,
                          linewidth=1.2)  # fmt: skip
            axes.set_xticks([pools[0] - 1, *pools], ["even", *map(str, pools)])
            axes.set_xlabel("attention")
            axes.set_ylim(bottom=0)
        row[0].set_ylabel("on another digit, % of even attention")
    return figure
