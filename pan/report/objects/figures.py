"""The pictures of a report on networks that give several answers, with what must be known to read them."""

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


def label_figures(results: LabelResults) -> Iterator[tuple[Picture, Figure]]:
    """Each picture with its figure, drawn when it is asked for."""
    yield (
        Picture("table-2", "Table 2", "Weighted mAP and TPR in percent; the paper's numbers, which are of Visual "
                "Genome's own test part and networks of 16 layers, in grey."),
        table_figure(results, table_2(results)),
    )  # fmt: skip
    yield (
        Picture("attributes", "Single attributes", "Average precision of the most frequent attributes, from the most "
                "frequent on."),
        attribute_figure(results),
    )  # fmt: skip
    networks = results.without_prior()
    compared = [each for each in networks if each.network in FIGURE_8] or list(networks)
    rows = first_rows(results, ROWS)
    if rows:
        yield (
            Picture("figure-8", "Figure 8", "Magnitude of the attended features, and the image masked by the last of "
                    "them with the boxes of the queried objects; below it the probability of a right answer. The "
                    "first question of each of the first images: nobody chose them."),
            attention_rows([ask(results, compared, row) for row in rows]),
        )  # fmt: skip
        yield (
            Picture("figure-13", "Figure 13", "The attended image above the attended features; the boxes in the final "
                    "attended image. Beside: what each network gives a right answer."),
            label_page([ask(results, networks, row) for row in rows[:BLOCKS]]),
        )  # fmt: skip
    if rows := first_rows(results, BLOCKS, fewest_boxes=2, without=rows[:BLOCKS]):
        yield (
            Picture("figure-14", "Figure 14", "The same for the first questions about several objects at once."),
            label_page([ask(results, networks, row) for row in rows]),
        )  # fmt: skip
