"""All that the window shows, as one frozen value."""

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
    """All that the window shows.

    Attributes:
        kind: The task: `mref`, `mdist` or `mbg`.
        folder: The reference set in the strip.
        pictures: The strip: images opened lately, then the samples.
        picture: The chosen image.
        queries: Words that may be asked.
        query: The chosen one.
        models: The networks compared.
        shipped: Names of the checkpoints that come with the program.
        answers: What is shown; it follows `picture` and `query` as soon as the networks have answered.
        layers: The layers that can be shown: what the shown networks have.
        layer: The layer all panes show.
        display: How attention is shown.
        view: How the networks are compared.
        playing: Whether the layers pass by themselves.
        viewport: The part of the image all panes show.
        pointer: The pixel under the pointer.
        page: What the centre of the window is for.
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
        """How the networks are seen to be compared; None on another page."""
        return self.view if self.page == "explore" else None

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the networks that have a pane."""
        return tuple(model.name for model in self.models if model.shown)


def query_among(query: str, words: Sequence[str]) -> str:
    """The query if it is one of the words, else the first of them."""
    return query if query in words else words[0]
