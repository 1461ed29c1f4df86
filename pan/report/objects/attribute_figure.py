"""The figure that the paper does not have: which attributes are told well."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pan.figures.palette import model_colour
from pan.report.objects.results import LabelResult, LabelResults
from pan.report.style import MARKERS, drawing

MOST = 25
ROW = 0.17  # inches


def attribute_figure(results: LabelResults) -> Figure:
    """A row for each of the most frequent attributes, a mark for each network; hollow ones have the prior."""
    known = [each for each in results.all[0].evaluation.average_precision_by_answer or [] if each.examples]
    words = [each.answer for each in sorted(known, key=lambda each: -each.examples)[:MOST]]
    with drawing(5.0, ROW * len(words) + 0.95) as figure:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        lines = [_line(result, words) for result in results.all]
        for line in lines:
            axes.add_line(line)
        axes.set_xlim(0, 1)
        axes.set_ylim(len(words) - 0.4, -0.6)
        axes.set_yticks(range(len(words)), words)
        axes.set_xlabel("average precision")
        axes.grid(axis="y", linewidth=0.3, alpha=0.6)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(handles=lines, loc="outside upper center", ncols=3, frameon=False)
    return figure


def _line(result: LabelResult, words: list[str]) -> Line2D:
    by_word = {each.answer: each.average_precision for each in result.evaluation.average_precision_by_answer or []}
    colour = model_colour(result.network)
    return Line2D(
        [by_word[word] or 0.0 for word in words], range(len(words)), linestyle="", markersize=4.5,
        marker=MARKERS.get(result.network, "x"), markeredgecolor=colour, markeredgewidth=0.9, color=colour,
        markerfacecolor="none" if result.prior else colour, label=result.title,
        clip_on=False,
    )  # fmt: skip
