"""The figure of all queries about one image: a row for each query, a column for each network."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pan.explaining.explain import Explanation
from pan.figures.explanation import CELL, STYLE, faded, show
from pan.figures.palette import model_colour, model_title
from pan.system.errors import InputError

LABEL, GAP, HEAD = 0.75, 0.08, 0.3  # inches


def query_figure(
    rows: Sequence[Sequence[Explanation]], layer: str, truths: Sequence[Collection[str]] = ()
) -> Figure:
    """The image faded by the attention accumulated up to one layer, with each network's answer.

    Args:
        rows: For each query, the explanations of the same networks.
        layer: The layer; for a network without attention there, the image is not faded.
        truths: The right answers to each query; empty if they are not known.

    Raises:
        InputError: If there is nothing to draw.
    """
    if not rows or not rows[0]:
        raise InputError("there are no answers to all queries yet; show the table of all queries first.")
    columns = len(rows[0]) + 1
    width = LABEL + columns * (CELL + GAP)
    height = HEAD + len(rows) * (CELL + HEAD)
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)
        for number, explanations in enumerate(rows):
            bottom = height - HEAD - (number + 1) * (CELL + HEAD) + HEAD
            right = truths[number] if number < len(truths) else ()
            words = f"{explanations[0].query}\n{', '.join(right)}" if right else explanations[0].query
            figure.text(LABEL / 2 / width, (bottom + CELL / 2) / height, words, ha="center", va="center")
            for column, explanation in enumerate([None, *explanations]):
                left = LABEL + column * (CELL + GAP)
                axes = figure.add_axes((left / width, bottom / height, CELL / width, CELL / height))
                if explanation is None:
                    show(axes, explanations[0].image)
                    continue
                attended = explanation.layer(layer)
                picture = explanation.image if attended is None else faded(explanation.image, attended.accumulated)
                show(axes, picture)
                axes.set_xlabel(_said(explanation, right), labelpad=3)
                if number == 0:
                    axes.set_title(model_title(explanation.model), color=model_colour(explanation.model),
                                   weight="bold", pad=4)  # fmt: skip
    return figure


def _said(explanation: Explanation, right: Collection[str]) -> str:
    mark = "" if not right else " ✓" if explanation.answer in right else " ✗"
    return f"{explanation.answer} {100 * float(explanation.probabilities.max()):.0f} %{mark}"
