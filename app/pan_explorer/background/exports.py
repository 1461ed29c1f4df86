"""Functions that write exports, and the work of jobs that call them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pan_explorer.background.job import Work
from pan_explorer.state.answers import Answers
from pan_explorer.state.rendering import Rendering
from pan_explorer.state.walk import Step
from pan_explorer.state.window import State
from pan_explorer.values.figure_order import FigureOrder, Layout
from pan_explorer.values.view import INPUT, Model

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from pan.explaining.explain import Explanation
    from pan.figures.side_by_side import Panel

Write = Callable[[Path], object]
SECONDS = 0.9
"""The duration of each layer in an animation."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What the window shows, for an export.

    Attributes:
        rendering: The rendering of the answers.
        models: The shown networks, in their order.
        table: The answers to all queries; empty if the table is not shown.
    """

    rendering: Rendering
    models: tuple[Model, ...]
    table: tuple[Answers, ...] = ()

    @staticmethod
    def of(state: State, composed: Answers | None, table: tuple[Answers, ...]) -> Shown | None:
        """What the window shows; None if there are no answers.

        Args:
            state: The state of the window.
            composed: The answers about the composed scene, if its page is shown.
            table: The answers to all queries.
        """
        tabled = table if state.seen == "queries" else ()
        rendering = Rendering.at(state)
        if rendering is not None and composed is not None:
            rendering = replace(rendering, answers=composed)
        if rendering is None or not rendering.answers.explanations:
            return None
        models = tuple(model for model in state.models if model.shown)
        return Shown(rendering, models, tuple(row for row in tabled if row.picture is state.picture))


def written(path: Path, write: Write) -> Work[Path]:
    """Write a file; the event is its path."""

    def work() -> Generator[Path, None, None]:
        write(path)
        yield path

    return work


def drawn(write: Write) -> Work[bytes]:
    """Write a temporary PNG; the event is its bytes."""

    def work() -> Generator[bytes, None, None]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "figure.png"
            write(path)
            yield path.read_bytes()

    return work


def figure(shown: Shown, order: FigureOrder) -> Write:
    """Write a figure as PNG, PDF or SVG, by the path's suffix."""

    def write(path: Path) -> None:
        from pan.figures.explanation import save_figure
        from pan.figures.size import set_width

        made = _draw(shown, order.layout)
        if order.width is not None:
            set_width(made, order.width)
        save_figure(made, path, order.dpi)

    return write


def maps(explanations: Sequence[Explanation]) -> Write:
    """Write the attention maps as .npz."""

    def write(path: Path) -> None:
        from pan.explaining.maps_npz import save_maps

        save_maps(path, explanations)

    return write


def page(rows: Sequence[Answers]) -> Write:
    """Write a web page of answers; answers under surgery stand beside those without."""
    return _page([(row.picture.name, row) for row in rows], {})


def walk_page(steps: Sequence[tuple[Step, Sequence[Answers]]]) -> Write:
    """Write a web page of a walk: each step's text, followed by the answers of its networks."""
    names = [f"{number}. {step.title}" for number, (step, _) in enumerate(steps, start=1)]
    rows = [(name, row) for name, (_, answers) in zip(names, steps, strict=True) for row in answers]
    notes = {name: f"# {name}\n\n{step.text}\n\n" + "\n".join(f"> {line}" for line in step.task.splitlines())
             for name, (step, _) in zip(names, steps, strict=True)}
    return _page(rows, notes)


def _page(rows: Sequence[tuple[str, Answers]], notes: Mapping[str, str]) -> Write:
    def write(path: Path) -> None:
        from pan.figures.page.writing import save_page

        said = [(name, row, explanation) for name, row in rows for explanation in _with_unchanged(row)]
        truths = [row.picture.truths.get(row.query) for _, row, _ in said]
        save_page(
            [explanation for *_, explanation in said], path, [name for name, *_ in said],
            [truth.answers if truth else () for truth in truths], notes,
        )  # fmt: skip

    return write


def _with_unchanged(row: Answers) -> Iterator[Explanation]:
    for pane in row.panes:
        if pane.reading:
            if pane.reading.unchanged:
                yield pane.reading.unchanged
            yield pane.reading.explanation


def animation(shown: Shown, dpi: int, width: float | None = None) -> Write:
    """Write the layers as an animated .gif, or as numbered .png files."""

    def write(path: Path) -> None:
        from pan.figures.animation import save_animation
        from pan.figures.size import set_width

        renderings = [shown.rendering.at_layer(layer) for layer in shown.rendering.layers]
        figures = [_draw(replace(shown, rendering=rendering), "shown") for rendering in renderings]
        if width is not None:
            for each in figures:
                set_width(each, width)
        save_animation(figures, path, dpi, SECONDS)

    return write


def _draw(shown: Shown, layout: Layout) -> Figure:
    from pan.figures.change_note import note_changes

    made = _by_layout(shown, layout)
    if layout != "attention":  # this layout has a note below each layer
        note_changes(made, shown.table[0].explanations if layout == "queries" else shown.rendering.answers.explanations)
    return made


def _by_layout(shown: Shown, layout: Layout) -> Figure:
    rendering = shown.rendering
    explanations = rendering.answers.explanations
    truth = rendering.answers.picture.truths.get(rendering.answers.query)
    right = truth.answers if truth else ()
    match layout:
        case "attention":
            from pan.figures.explanation import explanation_figure

            return explanation_figure(explanations, right[0] if right else None)
        case "features":
            from pan.report.figures_7_8 import figure_7

            return figure_7(explanations, right)
        case "last":
            from pan.report.figures_7_8 import figure_8

            return figure_8(explanations, right, truth.outline if truth else None)
        case "shown":
            return _side_by_side(rendering, shown.models)
        case "queries":
            from pan.figures.queries import query_figure

            rows = [answers.explanations for answers in shown.table]
            truths = [answers.picture.truths.get(answers.query) for answers in shown.table]
            return query_figure(rows, rendering.layer, [each.answers if each else () for each in truths])


def _side_by_side(rendering: Rendering, models: Sequence[Model]) -> Figure:
    from pan.figures.side_by_side import side_by_side

    layer = "the image" if rendering.layer == INPUT else rendering.layer.replace("att", "attention ")
    return side_by_side([_panel(rendering, model) for model in models], f"query: {rendering.answers.query} · {layer}")


def _panel(rendering: Rendering, model: Model) -> Panel:
    from pan.figures.side_by_side import Panel

    reading, layer = rendering.reading(model.name), rendering.layer_of(model.name)
    said, probability = (layer.answer, layer.probability) if layer else ("", None)
    if reading and rendering.layer == rendering.layers[-1]:
        said, probability = reading.answer, reading.probability
    marks = rendering.marks(model.name, None)
    return Panel(
        model.title, model.colour, rendering.image_of(model.name), rendering.overlay(model.name), rendering.smooth,
        f"{said} {100 * probability:.0f} %" if said and probability is not None else rendering.note(model.name),
        np.concatenate([mark.segments for mark in marks]) if marks else None,
    )  # fmt: skip
