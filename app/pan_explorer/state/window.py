"""The state of the main window, as a frozen value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pan.recipes.task import MNIST_REFERENCE
from pan_explorer.pictures.picture import Picture
from pan_explorer.state.answers import Answers
from pan_explorer.values.display import Display
from pan_explorer.values.view import LAYERS, WHOLE, Model, Page, Pointer, View, Viewport


@dataclass(frozen=True, eq=False)
class State:
    """The state of the main window.

    Attributes:
        kind: The task: a key of `ALL_TASKS`.
        folder: The reference set in the image strip.
        pictures: The image strip: recently opened images, then the samples.
        picture: The chosen image.
        queries: The possible queries.
        query: The chosen query.
        models: The compared networks.
        shipped: Names of the shipped checkpoints.
        answers: The shown answers; they belong to an earlier image or query until the networks have answered.
        layers: The layers that can be chosen: those of the shown networks.
        layer: The layer that all panes show.
        display: The display settings.
        view: The view that compares the networks.
        playing: Whether the layers are played as an animation.
        viewport: The visible part of the image in all panes.
        pointer: The pixel under the pointer.
        page: The page in the centre of the window.
    """

    kind: str
    folder: Path | None = None
    pictures: tuple[Picture, ...] = ()
    picture: Picture | None = None
    queries: tuple[str, ...] = MNIST_REFERENCE.queries
    query: str = MNIST_REFERENCE.queries[0]
    models: tuple[Model, ...] = ()
    shipped: tuple[str, ...] = ()
    answers: Answers | None = None
    layers: tuple[str, ...] = LAYERS
    layer: str = LAYERS[-1]
    display: Display = field(default_factory=Display)
    view: View = "panes"
    playing: bool = False
    viewport: Viewport = WHOLE
    pointer: Pointer | None = None
    page: Page = "explore"

    @property
    def seen(self) -> View | None:
        """The view, if it is visible; None on another page."""
        return self.view if self.page == "explore" else None

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the networks that have a pane, and so are asked."""
        return tuple(model.name for model in self.models if model.shown)


def query_among(query: str, words: Sequence[str]) -> str:
    """The query if it is one of the words, else the first of them."""
    return query if query in words else words[0]
