"""Scenes composed by the user: objects on a background, as frozen dataclasses.

An edit is a function from one composition to the next. Objects stay inside the image and within their range of scales.
They may overlap; later ones are above earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import UInt8

from pan.data.composer.placed import Placed
from pan.data.digits.backgrounds import SIZE
from pan.system.errors import InputError

MOST_PLACED = 99

Background = UInt8[np.ndarray, "S S 3"]


@dataclass(frozen=True, eq=False)
class Composition:
    """A background with objects on it.

    Attributes:
        background: The image behind the objects; it sets the size of the scene.
        placed: The objects, from bottom to top.
        clear: Whether the background is known to show no object of any query.
    """

    background: Background
    placed: tuple[Placed, ...] = ()
    clear: bool = True

    def __post_init__(self) -> None:
        check_number(len(self.placed))
        for each in self.placed:
            if not each.is_inside(self.side):
                raise InputError(f"the {each.query} at {each.x:g}, {each.y:g} and {each.scale:g} times its size would "
                                 "leave the image or its scales; move it inside.")

    @property
    def side(self) -> int:
        """Side of the image in pixels."""
        return len(self.background)

    def with_object(self, placed: Placed) -> Composition:
        """Add an object on top, moved inside the image if needed.

        Raises:
            InputError: If there are too many.
        """
        return replace(self, placed=(*self.placed, placed.inside(self.side)))

    def with_object_changed(self, number: int, placed: Placed) -> Composition:
        """Replace an object, moved inside the image if needed."""
        before, after = self.placed[:number], self.placed[number + 1 :]
        return replace(self, placed=(*before, placed.inside(self.side), *after))

    def without_object(self, number: int) -> Composition:
        """Remove an object."""
        return replace(self, placed=(*self.placed[:number], *self.placed[number + 1 :]))

    def with_object_in_front(self, number: int) -> Composition:
        """Move an object to the top."""
        return self.without_object(number).with_object(self.placed[number])

    def on(self, background: Background, *, clear: bool) -> Composition:
        """The same objects on another background, moved inside it if needed."""
        inside = tuple(each.inside(len(background)) for each in self.placed)
        return replace(self, background=background, placed=inside, clear=clear)


def check_number(placed: int) -> None:
    """Refuse more objects than a scene holds.

    Raises:
        InputError: If there are too many.
    """
    if placed > MOST_PLACED:
        raise InputError(f"a scene holds {MOST_PLACED} objects at most, not {placed}; delete one first.")


BLACK = np.zeros((SIZE, SIZE, 3), np.uint8)
"""The background of MREF."""
