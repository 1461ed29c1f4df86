"""Figures 4, 10 and 11: scenes, and pages of questions with the networks' answers and attention."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from pan.data.images import Fitted
from pan.explaining.explain import explain
from pan.figures.explanation import block_size, draw_block, show
from pan.report.digits.results import Result, Results
from pan.report.figures_7_8 import Example, last_layers
from pan.report.style import drawing

SCENES, SCENE = 6, 1.15  # in a row of Figure 4; inches of each
SHOWN = ("san", "han", "pan-ctx")
"""The networks that the paper shows."""

ALSO_SHOWN = ("pan", "pan-ctx-hard", "pan-ctx-best")
"""Further networks with attention, on separate pages."""


def shown(networks: Sequence[Result]) -> tuple[Result, ...]:
    """The networks of a kind that are shown on the main pages."""
    return tuple(each for each in networks if each.model in SHOWN) or tuple(networks)


def also_shown(networks: Sequence[Result]) -> tuple[Result, ...]:
    """The networks of a kind that are shown on a separate page."""
    return tuple(each for each in networks if each.model in ALSO_SHOWN and each not in shown(networks))


def first_questions(networks: Sequence[Result], count: int) -> list[Example]:
    """Questions about the first placed digit of each of the first scenes, an unselected sample with uniform scales."""
    return [ask(networks, int(rows[0])) for rows in networks[0].questions.rows[:count]]


def ask(networks: Sequence[Result], row: int) -> Example:
    """Ask networks a question of their test scenes."""
    questions, task = networks[0].questions, networks[0].checkpoint.task
    pixels = questions.images[questions.image[row]]
    size = len(pixels)
    image = Fitted(pixels, (0, 0, size, size), (size, size))
    query = task.queries[questions.query[row]]
    explanations = tuple(explain(each.checkpoint, image, query) for each in networks)
    return Example(row, task.answers[questions.answer[row]], explanations)


def mask_of(result: Result, row: int) -> np.ndarray:
    """The pixels of the queried digit."""
    mask: np.ndarray = result.questions.masks(np.array([row]))[0]
    return mask


def data_figure(results: Results) -> Figure:
    """The first scenes of each kind, each with a question and its answer."""
    kinds = results.kinds
    with drawing(SCENE * SCENES + 0.25, (SCENE + 0.22) * len(kinds)) as figure:
        figure.set_layout_engine("constrained")
        axes = figure.subplots(len(kinds), SCENES, squeeze=False)
        for each in axes.flat:
            each.axis("off")
        for kind, row in zip(kinds, axes, strict=True):
            result = results.of_kind(kind)[0]
            questions, task = result.questions, result.checkpoint.task
            for rows, cell in zip(questions.rows, row, strict=False):
                cell.axis("on")
                show(cell, questions.images[questions.image[rows[0]]])
                cell.set_xlabel(f"{task.queries[questions.query[rows[0]]]}: {task.answers[questions.answer[rows[0]]]}",
                                labelpad=2)  # fmt: skip
            row[0].set_ylabel(kind.upper(), fontsize=8)
    return figure


def answer_page(examples: Sequence[Example], headings: Sequence[str] = ()) -> Figure:
    """A block for each question, with optional headings."""
    blocks = [[last_layers(each) for each in example.explanations] for example in examples]
    width, height = block_size(blocks[0])
    above = 0.25 if headings else 0.0
    with drawing(width, (height + above) * len(blocks)) as figure:
        ratios = [above or 1e-6, height] * len(blocks)
        parts: np.ndarray = figure.subfigures(len(ratios), 1, height_ratios=ratios, squeeze=False)
        for number, (example, block) in enumerate(zip(examples, blocks, strict=True)):
            if headings:
                parts[2 * number, 0].text(0.012, 0.0, headings[number], weight="bold", va="bottom")
            draw_block(parts[2 * number + 1, 0], block, example.answer)
    return figure
