"""Figures 8, 13 and 14: networks' attention to photographs, with the boxes of queried objects."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from textwrap import wrap
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase
from matplotlib.gridspec import GridSpec, SubplotSpec
from matplotlib.patches import Rectangle

from pan.data.images import Fitted
from pan.explaining.explain import Explanation, explain, rescale
from pan.figures.explanation import faded, show
from pan.figures.palette import model_colour, model_title
from pan.report.figures_7_8 import pictures
from pan.report.objects.results import LabelResult, LabelResults
from pan.report.style import drawing

CELL, GAP, EDGE = 1.1, 0.12, 0.12  # inches
ABOVE = 0.38  # inches for names over a row of pictures
SHOWN_LAYERS = 2  # the last two, as in Figure 13
WORDS = 0.22  # inches for words below a picture
BETWEEN = 0.05  # inches
LETTERS = 28  # of a line beside the pictures
TYPE = 7.5  # points, of a picture's name
BOX, OTHERS = "#e8000b", "#777777"


class Example(NamedTuple):
    """A question with the networks' explanations.

    Attributes:
        query: The query.
        answer: The right answer whose probabilities are shown.
        others: The other right answers.
        boxes: Left, top, right and bottom of the queried objects, in pixels of the networks' input.
        explanations: The networks' explanations.
    """

    query: str
    answer: str
    others: tuple[str, ...]
    boxes: Float[np.ndarray, "n 4"]
    explanations: tuple[Explanation, ...]

    def probability(self, explanation: Explanation) -> float:
        """The probability of the right answer."""
        return float(explanation.probabilities[explanation.answers.index(self.answer)])


def ask(results: LabelResults, networks: Sequence[LabelResult], row: int) -> Example:
    """Ask networks a question of the set."""
    questions, task = results.questions, networks[0].checkpoint.task
    pixels = questions.images[int(questions.image[row])]
    size = len(pixels)
    query = task.queries[questions.query[row]]
    answer, *others = (task.answers[place] for place in questions.answers.row(row))
    image = Fitted(pixels, (0, 0, size, size), (size, size))
    explanations = tuple(explain(each.checkpoint, image, query) for each in networks)
    return Example(query, answer, tuple(others), questions.boxes.row(row), explanations)


def first_rows(
    results: LabelResults, count: int, *, fewest_boxes: int = 1, without: Collection[int] = ()
) -> list[int]:
    """An unselected sample: for each of the first images, the first question with enough boxes.

    Args:
        results: The results with the questions.
        count: Largest number of questions.
        fewest_boxes: Smallest number of boxes of a question.
        without: Questions to be left out.
    """
    boxes = np.diff(results.questions.boxes.starts)
    fit = (boxes >= fewest_boxes) & ~np.isin(np.arange(len(boxes)), list(without))
    return [int(own[0]) for rows in results.questions.rows if len(own := rows[fit[rows]])][:count]


def attention_rows(examples: Sequence[Example]) -> Figure:
    """Figure 8: for each question and network, the attended features, and the image masked by the last ones."""
    layers = [max(1, len(each.layers[-SHOWN_LAYERS:])) for each in examples[0].explanations]
    widths = [CELL, *(width for count in layers for width in (GAP, *[CELL] * (count + 1)))]
    with drawing(sum(widths) + 2 * EDGE, (CELL + WORDS) * len(examples) + ABOVE) as figure:
        grid = _grid(figure, widths, len(examples), WORDS, WORDS)
        for number, example in enumerate(examples):
            first = figure.add_subplot(grid[number, 0])
            show(first, example.explanations[0].image)
            first.set_xlabel(f"Query: {example.query}", labelpad=2)
            column = 2
            for explanation, count in zip(example.explanations, layers, strict=True):
                shown = explanation.layers[-SHOWN_LAYERS:]
                for place, layer in enumerate(shown):
                    axes = figure.add_subplot(grid[number, column + place])
                    attended = pictures(explanation, layer).attended
                    show(axes, rescale(attended), "gray")
                    if number == 0:
                        axes.set_title(layer.name.replace("att", "attention "), pad=3, fontsize=TYPE)
                if shown:
                    axes = figure.add_subplot(grid[number, column + count])
                    show(axes, faded(explanation.image, attended))
                    draw_boxes(axes, example.boxes)
                    axes.set_xlabel(f"{example.answer} {100 * example.probability(explanation):.2f} %", labelpad=2)
                    if number == 0:
                        axes.set_title("masked image", pad=3, fontsize=TYPE)
                        _name(figure, grid[number, column : column + count + 1], explanation.model)
                column += count + 2
    return figure


def label_page(examples: Sequence[Example]) -> Figure:
    """Figures 13 and 14: attended images above attended features, and the networks' probabilities."""
    layers = [max(1, len(each.layers[-SHOWN_LAYERS:])) for each in examples[0].explanations]
    widths = [1.3 * CELL, *(width for count in layers for width in (GAP, *[CELL] * count))]
    height = 2 * CELL + BETWEEN + ABOVE + EDGE
    with drawing(sum(widths) + 2 * EDGE, height * len(examples)) as figure:
        parts: np.ndarray = figure.subfigures(len(examples), 1, squeeze=False)
        for example, part in zip(examples, parts[:, 0], strict=True):
            _draw_example(part, example, widths, layers)
    return figure


def _draw_example(
    part: FigureBase, example: Example, widths: Sequence[float], layers: Sequence[int]
) -> None:
    grid = _grid(part, widths, 2, BETWEEN, EDGE)
    show(part.add_subplot(grid[0, 0], anchor="W"), example.explanations[0].image)
    words = part.add_subplot(grid[1, 0])
    words.axis("off")
    lines = [(f"Query: {example.query}", "black"), (f"Answer: {example.answer}", "black")]
    lines += [
        (f"{model_title(each.model)}: {100 * example.probability(each):.2f} %", model_colour(each.model))
        for each in example.explanations
    ]
    lines += [(line, OTHERS) for line in wrap(f"also {', '.join(example.others)}", LETTERS)[: 2 * bool(example.others)]]
    for number, (text, colour) in enumerate(lines):
        words.text(0, 0.95 - 0.13 * number, text, color=colour, va="top", transform=words.transAxes)
    column = 2
    for explanation, count in zip(example.explanations, layers, strict=True):
        for place, layer in enumerate(explanation.layers[-SHOWN_LAYERS:]):
            attended = pictures(explanation, layer).attended
            above = part.add_subplot(grid[0, column + place])
            show(above, faded(explanation.image, attended))
            above.set_title(layer.name.replace("att", "attention "), pad=3, fontsize=TYPE)
            if layer is explanation.layers[-1]:
                draw_boxes(above, example.boxes)
            show(part.add_subplot(grid[1, column + place]), rescale(attended), "gray")
        _name(part, grid[0, column : column + count], explanation.model)
        column += count + 1


def _grid(figure: FigureBase, widths: Sequence[float], rows: int, between: float, below: float) -> GridSpec:
    """A grid of columns with these widths and rows of square pictures; all lengths in inches."""
    width = sum(widths) + 2 * EDGE
    height = rows * CELL + (rows - 1) * between + below + ABOVE
    return figure.add_gridspec(
        rows, len(widths), width_ratios=widths, wspace=0.03, hspace=between / CELL,
        left=EDGE / width, right=1 - EDGE / width, bottom=below / height, top=1 - ABOVE / height,
    )  # fmt: skip


def _name(figure: FigureBase, cells: SubplotSpec, model: str) -> None:
    box = cells.get_position(figure)  # type: ignore[arg-type]  # or a part of one
    figure.text((box.x0 + box.x1) / 2, 1 - 0.14 * (1 - box.y1), model_title(model), ha="center", va="top",
                weight="bold", color=model_colour(model))  # fmt: skip


def draw_boxes(axes: Axes, boxes: Float[np.ndarray, "n 4"]) -> None:
    """Draw red frames; pixel 0 extends from −½ to ½ on the axes."""
    for left, top, right, bottom in boxes.tolist():
        axes.add_patch(
            Rectangle((left - 0.5, top - 0.5), right - left, bottom - top, fill=False, edgecolor=BOX, linewidth=0.8)
        )  # fmt: skip
