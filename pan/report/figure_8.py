"""Figure 8: the attended features of one question, network by network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from pan.explaining.explain import Explanation, LayerExplanation, rescale
from pan.figures.explanation import CELL, STYLE, show
from pan.figures.palette import model_colour, model_title
from pan.report.figure_7 import SHOWN_LAYERS, pictures

GAP, HEAD = 0.06, 0.34  # inches
RED = "#E8000B"


def last_layers(
    explanations: Sequence[Explanation], right: Sequence[str], outline: Float[np.ndarray, "n 2 2"] | None
) -> Figure:
    """Figure 8: magnitude of the attended features, with the queried object in red.

    Args:
        explanations: The networks' answers to one question.
        right: The right answers, as far as they are known.
        outline: Lines about the queried object, their ends as shares of the image's side; None if it is not known.
    """
    cells: list[tuple[Explanation, LayerExplanation]] = [
        (each, layer) for each in explanations for layer in each.layers[-SHOWN_LAYERS:]
    ]
    width, height = (len(cells) + 1) * (CELL + GAP) + GAP, CELL + 2 * HEAD
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)

        def axes_at(column: int) -> Axes:
            left = GAP + column * (CELL + GAP)
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
