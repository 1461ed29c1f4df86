"""Figure 1: one question, and what is left of the image layer by layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from pan.figures.explanation import faded, show
from pan.figures.palette import model_title
from pan.report.digits.examples import ask
from pan.report.digits.results import Result
from pan.report.figure_7 import Example
from pan.report.style import drawing

QUERY = "7"  # the paper's
CELL = 1.25


def teaser(network: Result) -> Example:
    """The first question about a 7 that the network answers rightly; failing that, the first question."""
    questions, task = network.questions, network.checkpoint.task
    rows = np.flatnonzero((questions.query == task.query_index(QUERY)) & network.right)
    return ask([network], int(rows[0]) if len(rows) else 0)


def teaser_figure(examples: Sequence[Example]) -> Figure:
    """A row for each question: the image, faded by the attention accumulated up to each layer, and the answer."""
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
