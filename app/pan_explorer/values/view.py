"""The small frozen values of which the window's state is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

INPUT = "input"
LAYERS = (INPUT, "att1", "att2", "att3", "att4")
"""The steps of the layer stepper until networks have answered; a layer keeps the number of its pool."""

Page = Literal["explore", "compose", "paper"]
PAGES: tuple[Page, ...] = get_args(Page)
"""What the centre of the window is for: comparing networks, composing a scene, the paper's tables."""

View = Literal["panes", "layers", "queries", "swipe", "flicker"]
VIEWS: tuple[View, ...] = get_args(View)
"""How networks are compared: side by side, all layers, all queries, two over one another, two in turns."""


@dataclass(frozen=True)
class Model:
    """A checkpoint chosen for comparison.

    Attributes:
        name: As `pan.checkpoints.file.load_checkpoint` takes it.
        title: What it is called in the window.
        colour: Its colour everywhere.
        shown: Whether it has a pane.
    """

    name: str
    title: str
    colour: str
    shown: bool = True


LARGEST_ZOOM = 16.0


class Viewport(NamedTuple):
    """The part of the image that is shown, as shares of its side: a square about a centre."""

    x: float = 0.5
    y: float = 0.5
    side: float = 1.0

    @staticmethod
    def about(x: float, y: float, side: float) -> Viewport:
        """A square of this side about this point, moved into the image and no smaller than the largest zoom shows."""
        side = min(1.0, max(1 / LARGEST_ZOOM, side))
        half = side / 2
        return Viewport(min(max(x, half), 1 - half), min(max(y, half), 1 - half), side)

    def zoomed(self, factor: float, x: float, y: float) -> Viewport:
        """A side so many times as large; the point (x, y) of the image stays where it is on the screen."""
        side = min(1.0, max(1 / LARGEST_ZOOM, self.side * factor))
        kept = side / self.side
        return Viewport.about(x + (self.x - x) * kept, y + (self.y - y) * kept, side)


WHOLE = Viewport()


class Pointer(NamedTuple):
    """The pixel under the pointer, of the largest image that a shown network saw."""

    x: int
    y: int
