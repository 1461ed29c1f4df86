"""The pages, views and viewport of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

INPUT = "input"
LAYERS = (INPUT, "att1", "att2", "att3", "att4")
"""The layers of the layer stepper until networks have answered; a layer has the number of its pooling layer."""

Page = Literal["explore", "compose", "paper"]
PAGES: tuple[Page, ...] = get_args(Page)
"""The page in the centre of the window: comparing networks, composing a scene, the paper's tables."""

View = Literal["panes", "layers", "queries", "swipe", "flicker"]
VIEWS: tuple[View, ...] = get_args(View)
"""The comparison of networks: side by side, all layers, all queries, two with a swipe line, two alternating."""


@dataclass(frozen=True)
class Model:
    """A checkpoint chosen for comparison.

    Attributes:
        name: As `pan.checkpoints.file.load_checkpoint` takes it.
        title: Its name in the window.
        colour: Its colour in panes and plots.
        shown: Whether it has a pane.
    """

    name: str
    title: str
    colour: str
    shown: bool = True


LARGEST_ZOOM = 16.0


class Viewport(NamedTuple):
    """The visible part of the image: a square given by its centre and side, relative to the image's side."""

    x: float = 0.5
    y: float = 0.5
    side: float = 1.0

    @staticmethod
    def about(x: float, y: float, side: float) -> Viewport:
        """A square around this point, moved into the image and limited to the largest zoom."""
        side = min(1.0, max(1 / LARGEST_ZOOM, side))
        half = side / 2
        return Viewport(min(max(x, half), 1 - half), min(max(y, half), 1 - half), side)

    def zoomed(self, factor: float, x: float, y: float) -> Viewport:
        """The side times a factor; the point (x, y) of the image stays at its place on the screen."""
        side = min(1.0, max(1 / LARGEST_ZOOM, self.side * factor))
        kept = side / self.side
        return Viewport.about(x + (self.x - x) * kept, y + (self.y - y) * kept, side)


WHOLE = Viewport()


class Pointer(NamedTuple):
    """The pixel under the pointer, in the largest input image of the shown networks."""

    x: int
    y: int
