"""Figures 7 and 8: the features before and after attention, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure, FigureBase

from pan.explaining.explain import Explanation, LayerExplanation, rescale
from pan.figures.explanation import CELL, faded, show, show_cells
from pan.figures.palette import model_colour, model_title
from pan.models.geometry import mean_by_cell, spread
from pan.report.style import drawing
from pan.system.errors import InputError

SHOWN_LAYERS = 3  # the last ones, as in the paper
WIDTH, GAP = 7.0, 0.14  # of Figure 7: inches; a share of a picture
ROWS = "abcd"  # the letters of Figure 7
BETWEEN, HEAD = 0.06, 0.34  # of Figure 8: inches
RED = "#E8000B"


class Example(NamedTuple):
    """A question with the networks' explanations.

    Attributes:
        row: The question's index in its set.
        answer: The right answer.
        explanations: The networks' explanations, in the paper's order.
    """

    row: int
    answer: str
    explanations: tuple[Explanation, ...]


class Pictures(NamedTuple):
    """The pictures of a layer in Figure 7, before rescaling.

    Attributes:
        before: Magnitude of the features before attention, spread over their receptive fields (b).
        attended: The same after attention, times the attention of earlier layers (c).
        cells: (c) at the layer's own resolution (d).
    """

    before: Float[np.ndarray, "S S"]
    attended: Float[np.ndarray, "S S"]
    cells: Float[np.ndarray, "h w"]


def last_layers(explanation: Explanation) -> Explanation:
    """A copy with only the last layers, as many as a page has space for."""
    return replace(explanation, layers=explanation.layers[-SHOWN_LAYERS:])


def figure_7(explanations: Sequence[Explanation], right: Sequence[str]) -> Figure:
    """Figure 7: the features of each network's last layers, before and after attention.

    Raises:
        InputError: If no network has attention.
    """
    attending = tuple(each for each in explanations if each.layers)
    if not attending:
        raise InputError("none of these networks attends; there are no features to draw.")
    return feature_figure([Example(0, right[0] if right else "not known", attending)])


def feature_figure(examples: Sequence[Example]) -> Figure:
    """A block of four rows of pictures for each question."""
    layers = [min(SHOWN_LAYERS, len(each.layers)) for each in examples[0].explanations]
    widths = [1.0, *(width for count in layers if count for width in (GAP, *[1.0] * count))]
    cell = WIDTH / (sum(widths) + 0.35)
    height = cell * len(ROWS) * 1.04 + 0.4
    with drawing(WIDTH, height * len(examples)) as figure:
        parts: np.ndarray = figure.subfigures(len(examples), 1, squeeze=False)
        for example, part in zip(examples, parts[:, 0], strict=True):
            _draw_example(part, example, widths, top=1 - 0.36 / height)
    return figure


def pictures(explanation: Explanation, layer: LayerExplanation) -> Pictures:
    """The pictures (b), (c) and (d) of a layer, with the attention of earlier layers accumulated (caption of Figure 7).

    The product is needed because BatchNorm may give non-zero features to cells that an earlier gate has closed.
    """
    size = len(explanation.image)
    number = explanation.layers.index(layer)
    earlier = explanation.layers[number - 1].accumulated if number else np.ones((size, size), np.float32)
    return Pictures(
        spread(layer.features, layer.field, size),
        spread(layer.attended, layer.field, size) * earlier,
        layer.attended * mean_by_cell(earlier, layer.field, layer.attended.shape),
    )


def _draw_example(part: FigureBase, example: Example, widths: Sequence[float], top: float) -> None:
    side = 0.3 / (sum(widths) + 0.35)
    margins = {"left": side, "right": 1 - side / 6, "bottom": 0.02, "top": top, "wspace": 0.05, "hspace": 0.04}
    grid = part.add_gridspec(len(ROWS), len(widths), width_ratios=widths, **margins)
    first = example.explanations[0]
    axes = part.add_subplot(grid[0, 0])
    show(axes, first.image)
    axes.set_title(f"query: {first.query}\nanswer: {example.answer}", pad=3, loc="left")
    column = 2
    for explanation in filter(lambda each: each.layers, example.explanations):
        for layer in explanation.layers[-SHOWN_LAYERS:]:
            said = f"{model_title(explanation.model)}: {explanation.answer}"
            above = said if layer is explanation.layers[-1] else ""
            drawn = [part.add_subplot(grid[row, column]) for row in range(len(ROWS))]
            _draw_layer(drawn, explanation, layer)
            drawn[0].set_title(f"{above}\n{layer.name.replace('att', 'attention ')}", pad=3,
                               color=model_colour(explanation.model))  # fmt: skip
            if column == 2:
                for letter, axes in zip(ROWS, drawn, strict=True):
                    axes.set_ylabel(f"({letter})", rotation=0, labelpad=8, va="center")
            column += 1
        column += 1


def _draw_layer(rows: Sequence[Axes], explanation: Explanation, layer: LayerExplanation) -> None:
    before, attended, cells = pictures(explanation, layer)
    show(rows[0], faded(explanation.image, attended))
    show(rows[1], rescale(before), "gray")
    show(rows[2], rescale(attended), "gray")
    show_cells(rows[3], rescale(cells), layer.field, len(explanation.image), "gray")


def figure_8(
    explanations: Sequence[Explanation], right: Sequence[str], outline: Float[np.ndarray, "n 2 2"] | None
) -> Figure:
    """Figure 8: magnitude of the attended features, with the queried object in red.

    Args:
        explanations: The networks' explanations of one question.
        right: The right answers; empty if unknown.
        outline: The outline of the queried object, as lines with ends from 0 to 1; None if unknown.
    """
    cells: list[tuple[Explanation, LayerExplanation]] = [
        (each, layer) for each in explanations for layer in each.layers[-SHOWN_LAYERS:]
    ]
    width, height = (len(cells) + 1) * (CELL + BETWEEN) + BETWEEN, CELL + 2 * HEAD
    with drawing(width, height) as figure:

        def axes_at(column: int) -> Axes:
            left = BETWEEN + column * (CELL + BETWEEN)
            return figure.add_axes((left / width, HEAD / height, CELL / width, CELL / height))

        first = axes_at(0)
        show(first, explanations[0].image)
        _outline(first, outline, len(explanations[0].image))
        first.set_title(f"query: {explanations[0].query}", pad=3, loc="left")
        first.set_xlabel(f"answer: {', '.join(right)}" if right else "", labelpad=3, loc="left")
        for column, (explanation, layer) in enumerate(cells, start=1):
            axes = axes_at(column)
            show(axes, rescale(pictures(explanation, layer).attended), cmap="gray")
            _outline(axes, outline, len(explanation.image))
            axes.set_title(layer.name.replace("att", "attention "), pad=3)
            if layer is explanation.layers[-1]:
                said = f"{model_title(explanation.model)}: {explanation.answer}"
                axes.set_xlabel(said, labelpad=3, color=model_colour(explanation.model), weight="bold")
    return figure


def _outline(axes: Axes, outline: Float[np.ndarray, "n 2 2"] | None, size: int) -> None:
    if outline is not None:
        axes.add_collection(LineCollection(list(outline * size - 0.5), colors=RED, linewidths=1.0))
