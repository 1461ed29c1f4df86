"""The figure of one question: the attended layers of one or several networks side by side (Fig. 10, 11)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

import numpy as np
from jaxtyping import Float, UInt8
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, FigureBase
from matplotlib.gridspec import GridSpec
from matplotlib.patches import Polygon

from pan.explaining.explain import Explanation, LayerExplanation, ViewExplanation, rescale
from pan.figures.fonts import families
from pan.figures.palette import model_colour, model_title
from pan.figures.size import check_resolution
from pan.models.geometry import ReceptiveField
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.quiet import no_warnings

SUFFIXES = (".png", ".pdf", ".svg")
CELL = 1.2  # width of a picture, in inches
GAP = 0.14  # between networks, as a share of a picture
TOP, BOTTOM = 0.45, 0.26  # inches above and below a block's pictures
LINE = 0.12  # height of a further line of text below a picture, in inches
MOST_ANSWERS = 5  # shown for all networks together if several answers may be right
LETTERS = 24  # in a line below a picture
STYLE: dict[Any, Any] = {
    "font.family": families(),
    "text.parse_math": False,  # a $ in a word is a dollar sign
    "font.size": 7,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
}


def faded(image: UInt8[np.ndarray, "S S 3"], attention: Float[np.ndarray, "S S"]) -> UInt8[np.ndarray, "S S 3"]:
    """The image faded by a map (Fig. 7a): black at the map's minimum, unchanged at its maximum."""
    levels = np.rint(image * rescale(attention)[..., None])
    shown: UInt8[np.ndarray, "S S 3"] = levels.astype(np.uint8)
    return shown


def explanation_figure(explanations: Sequence[Explanation], answer: str | None = None) -> Figure:
    """One question to several networks, as in Fig. 10 and 11.

    Each network is a block of columns, one for each attended layer. The upper row shows the image faded by the
    attention accumulated up to that layer; the lower row shows that attention with the layer's own answer. Every map is
    rescaled to [0, 1] by (x − min)/(max − min), as in the paper. Surgery at a layer is described below it.

    Args:
        explanations: The explanations of the same question about the same image.
        answer: The right answer, if it is known.
    """
    with rc_context(STYLE):
        figure = Figure(figsize=block_size(explanations))
        FigureCanvasAgg(figure)
        draw_block(figure, explanations, answer)
    return figure


def block_size(explanations: Sequence[Explanation]) -> tuple[float, float]:
    """Width and height of one question's block, in inches."""
    lines = max(len(_change(each, layer)) for each in explanations for layer in (*each.layers, None))
    return CELL * (sum(_widths(explanations)) + 0.2), CELL * 2.7 + LINE * lines


def draw_block(figure: FigureBase, explanations: Sequence[Explanation], answer: str | None) -> None:
    """Draw one question's block into a figure or subfigure of the size `block_size`."""
    widths = _widths(explanations)
    width, height = block_size(explanations)
    side, bottom = 0.1 * CELL / width, BOTTOM + height - CELL * 2.7
    margins = {"left": side, "right": 1 - side, "bottom": bottom / height, "top": 1 - TOP / height}
    grid = figure.add_gridspec(2, len(widths), width_ratios=widths, wspace=0.05, hspace=0.05, **margins)
    _draw_question(figure, grid, explanations, answer)
    column = 2
    for explanation in explanations:
        _draw_network(figure, grid, column, explanation, answer)
        column += _columns(explanation) + 1


def _widths(explanations: Sequence[Explanation]) -> list[float]:
    """Widths of a block's columns, in pictures: the question, then for each network a gap and its layers."""
    return [1.2, *(width for each in explanations for width in (GAP, *[1.0] * _columns(each)))]


def _columns(explanation: Explanation) -> int:
    return max(1, len(explanation.layers), len(explanation.views))


def _draw_question(
    figure: FigureBase, grid: GridSpec, explanations: Sequence[Explanation], answer: str | None
) -> None:
    show(figure.add_subplot(grid[0, 0], anchor="W"), explanations[0].image)
    axes = figure.add_subplot(grid[1, 0])
    axes.axis("off")
    lines = [(f"query: {explanations[0].query}", "black")]
    if answer is not None:
        lines.append((f"answer: {answer}", "black"))
    for each in explanations:
        first, *others = _best(each, MOST_ANSWERS // len(explanations) if each.several else 1)
        said = f"{model_title(each.model)}: {first}{', changed' if each.surgery else ''}"
        lines += [(text, model_colour(each.model)) for text in (said, *others)]
    for number, (text, colour) in enumerate(lines):
        axes.text(0, 0.92 - 0.13 * number, text, color=colour, va="top", transform=axes.transAxes)


def _best(explanation: Explanation, count: int) -> list[str]:
    """The most probable answers with their probabilities; at least one."""
    best = explanation.probabilities.argsort()[::-1][: max(1, count)]
    return [f"{explanation.answers[place]} {_percent(float(explanation.probabilities[place]))}" for place in best]


def _draw_network(
    figure: FigureBase, grid: GridSpec, first: int, explanation: Explanation, answer: str | None
) -> None:
    box = grid[0, first : first + _columns(explanation)].get_position(figure)  # type: ignore[arg-type]  # or a part
    figure.text(
        (box.x0 + box.x1) / 2, 0.965, model_title(explanation.model),
        ha="center", va="top", weight="bold", color=model_colour(explanation.model),
    )  # fmt: skip
    for column, view in enumerate(explanation.views, start=first):
        _draw_view(figure.add_subplot(grid[0, column]), figure.add_subplot(grid[1, column]), explanation, view, answer)
    if not explanation.layers and not explanation.views:
        show(figure.add_subplot(grid[0, first]), explanation.image)
    for column, layer in enumerate(explanation.layers, start=first):
        above = figure.add_subplot(grid[0, column])
        show(above, faded(explanation.image, layer.accumulated))
        above.set_title(layer.name.replace("att", "attention "), pad=3)
        below = figure.add_subplot(grid[1, column])
        show(below, rescale(layer.accumulated), cmap="gray")
        words = [_layer_answer(explanation, layer, answer), *_change(explanation, layer)]
        below.set_xlabel("\n".join(words), labelpad=3)


def _draw_view(above: Axes, below: Axes, explanation: Explanation, view: ViewExplanation, answer: str | None) -> None:
    """The outline of the part that a spatial transformer samples, and the transformed image below."""
    show(above, explanation.image)
    above.add_patch(Polygon(view.outline - 0.5, fill=False, edgecolor="white", linewidth=1.0))
    above.set_title(view.name.replace("att", "transform "), pad=3)
    show(below, view.picture)
    below.set_xlabel(_layer_answer(explanation, view, answer), labelpad=3)


def _change(explanation: Explanation, layer: LayerExplanation | None) -> list[str]:
    """The surgery at a layer, wrapped to lines that fit below its picture."""
    return wrap(explanation.surgery.edit(layer.name).in_words(), LETTERS) if layer else []


def _layer_answer(explanation: Explanation, layer: LayerExplanation | ViewExplanation, answer: str | None) -> str:
    if layer.probabilities is None:
        return "no answer here"
    said = explanation.answers[int(layer.probabilities.argmax())]
    mark = "" if answer is None else " ✓" if said == answer else " ✗"
    return f"{said} {_percent(float(layer.probabilities.max()))}{mark}"


def show(axes: Axes, picture: np.ndarray, cmap: str | None = None) -> None:
    """Show a picture without ticks, or a map from 0 to 1 with a colour map."""
    axes.imshow(picture, cmap=cmap, interpolation="bilinear", vmin=0 if cmap else None, vmax=1 if cmap else None)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_linewidth(0.3)


def show_cells(axes: Axes, cells: Float[np.ndarray, "h w"], field: ReceptiveField, size: int, cmap: str) -> None:
    """Show a map from 0 to 1 cell by cell, each cell at its position in an image of that size."""
    show(axes, cells, cmap)
    (top, bottom), (left, right) = (field.extent(0, side) for side in cells.shape)
    axes.images[0].set_interpolation("nearest")
    axes.images[0].set_extent((left - 0.5, right - 0.5, bottom - 0.5, top - 0.5))
    axes.set(xlim=(-0.5, size - 0.5), ylim=(size - 0.5, -0.5))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def save_figure(figure: Figure, path: Path, dpi: int = 200) -> None:
    """Write a figure as PNG, PDF or SVG, by the suffix, atomically.

    Raises:
        InputError: If the suffix is unknown, the resolution is out of range or the file cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path} must end in one of {', '.join(SUFFIXES)}.")
    check_resolution(figure, dpi)
    with rc_context(STYLE), no_warnings():  # a letter that no font has is drawn as a box
        write_whole(path, lambda beside: figure.savefig(beside, dpi=dpi, facecolor="white"))
