"""The pictures of a report on networks that give several answers, with what must be known to read them."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from pan.report.captioned_figure import Picture
from pan.report.objects.attribute_figure import attribute_figure
from pan.report.objects.figures_8_13_14 import ask, attention_rows, first_rows, label_page
from pan.report.objects.results import LabelResults
from pan.report.objects.table_2 import table_2, table_figure

ROWS, BLOCKS = 4, 3  # questions on a page
FIGURE_8 = ("han", "pan-ctx")


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
