"""The figures of a report on multi-label networks, with their captions."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pan.figures.palette import model_colour
from pan.report.objects.figures_8_13_14 import ask, attention_rows, first_rows, label_page
from pan.report.objects.results import LabelResult, LabelResults
from pan.report.objects.tables import table_2, table_figure
from pan.report.style import MARKERS, Picture, drawing

ROWS, BLOCKS = 4, 3  # questions on a page
FIGURE_8 = ("han", "pan-ctx")
MOST, ROW = 25, 0.17  # attributes in a figure; inches of each


def attribute_figure(results: LabelResults) -> Figure:
    """Average precision of the most frequent attributes; hollow marks are networks with the object-class prior."""
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


def label_figures(results: LabelResults) -> Iterator[tuple[Picture, Figure]]:
    """The pictures with their figures, which are drawn one by one."""
    yield (
        Picture("table-2", "Table 2", "Weighted mAP and TPR in percent. Grey: the paper's numbers, for Visual Genome's "
                "test part and networks with VGG-16."),
        table_figure(results, table_2(results)),
    )  # fmt: skip
    yield (
        Picture("attributes", "Single attributes", "Average precision of the most frequent attributes, the most "
                "frequent first."),
        attribute_figure(results),
    )  # fmt: skip
    networks = results.without_prior()
    compared = [each for each in networks if each.network in FIGURE_8] or list(networks)
    rows = first_rows(results, ROWS)
    if rows:
        yield (
            Picture("figure-8", "Figure 8", "Magnitude of the attended features, and the image masked by those of the "
                    "last layer, with the boxes of the queried objects and the probability of a right answer. The "
                    "questions are the first ones of the first images; they were not selected."),
            attention_rows([ask(results, compared, row) for row in rows]),
        )  # fmt: skip
        yield (
            Picture("figure-13", "Figure 13", "Top: the attended images, the last one with the boxes of the queried "
                    "objects. Bottom: the attended features. Left: each network's probability of a right answer."),
            label_page([ask(results, networks, row) for row in rows[:BLOCKS]]),
        )  # fmt: skip
    if rows := first_rows(results, BLOCKS, fewest_boxes=2, without=rows[:BLOCKS]):
        yield (
            Picture("figure-14", "Figure 14", "The same for the first questions about several objects."),
            label_page([ask(results, networks, row) for row in rows]),
        )  # fmt: skip
