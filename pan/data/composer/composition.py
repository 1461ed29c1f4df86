"""Scenes that somebody composes: digits placed by hand on a background, as frozen values.

An edit is a function from one composition to the next. Digits stay inside the image and between the scales of
section 4.1; they may overlap, the later above the earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import UInt8

from pan.data.digits.backgrounds import SIZE
from pan.data.digits.glyphs import GLYPH, LARGEST, SMALLEST
from pan.data.digits.mnist import Digits, bundled_digits
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError

MOST_PLACED = 99
COLOUR_WORDS = MNIST_REFERENCE.answers

Background = UInt8[np.ndarray, "100 100 3"]


def hands() -> Digits:
    """The glyphs to compose with: those that come with the program and that no shipped network was trained on.

    They are the same on every machine, so that a saved composition means the same everywhere.
    """
    return bundled_digits("test")


@dataclass(frozen=True)
class PlacedDigit:
    """A digit in a scene.

    Attributes:
        digit: 0 to 9.
        glyph: Which of the digit's handwritings.
        colour: One of the task's answers.
        scale: The glyph's side over its 28 pixels, 0.5 to 3.0.
        x: Centre of its square in pixels from the left edge of the image; the square lies inside the image.
        y: The same from the upper edge.
    """

    digit: int
    glyph: int
    colour: str
    scale: float
    x: float
    y: float

    def __post_init__(self) -> None:
        if self.digit not in range(10):
            raise InputError(f"{self.digit} is no digit; choose one of 0 to 9.")
        if self.glyph not in range(count := len(hands().by_label[self.digit])):
            raise InputError(f"there is no hand {self.glyph} of the {self.digit}; choose one of 0 to {count - 1}.")
        if self.colour not in COLOUR_WORDS:
            raise InputError(f"“{self.colour}” is no colour of digits; choose one of {', '.join(COLOUR_WORDS)}.")
        if not SMALLEST <= self.scale <= LARGEST:
            raise InputError(f"a digit's scale is from {SMALLEST} to {LARGEST}, not {self.scale}.")
        if not all(self.side / 2 <= place <= SIZE - self.side / 2 for place in (self.x, self.y)):
            raise InputError(f"the {self.digit} at {self.x:g}, {self.y:g} would leave the image; move it inside.")

    @property
    def side(self) -> int:
        """Side of its square in pixels."""
        return int(GLYPH * self.scale)

    @property
    def corner(self) -> tuple[int, int]:
        """Top and left of its square."""
        return round(self.y - self.side / 2), round(self.x - self.side / 2)

    def moved(self, x: float, y: float) -> PlacedDigit:
        """About another centre, or the nearest at which it lies inside the image."""
        half = self.side / 2
        return replace(self, x=min(max(x, half), SIZE - half), y=min(max(y, half), SIZE - half))

    def scaled(self, scale: float) -> PlacedDigit:
        """At another scale about its centre, moved as far as it must to lie inside the image."""
        scale = min(max(scale, SMALLEST), LARGEST)
        half = int(GLYPH * scale) / 2
        x, y = (min(max(place, half), SIZE - half) for place in (self.x, self.y))
        return replace(self, scale=scale, x=x, y=y)

    def rewritten(self, steps: int = 1) -> PlacedDigit:
        """In another hand, so many further among the digit's glyphs."""
        return replace(self, glyph=(self.glyph + steps) % len(hands().by_label[self.digit]))


@dataclass(frozen=True, eq=False)
class Composition:
    """A background with digits on it.

    Attributes:
        background: What lies behind the digits.
        placed: The digits, the lowest first.
        clear: Whether the background is known to show no digit itself.
    """

    background: Background
    placed: tuple[PlacedDigit, ...] = ()
    clear: bool = True

    def with_digit(self, digit: PlacedDigit) -> Composition:
        """One more digit, above the others.

        Raises:
            InputError: If there are too many.
        """
        if len(self.placed) >= MOST_PLACED:
            raise InputError(f"a scene holds {MOST_PLACED} digits at most; delete one first.")
        return replace(self, placed=(*self.placed, digit))

    def with_digit_changed(self, number: int, digit: PlacedDigit) -> Composition:
        """Another digit in the place of one."""
        return replace(self, placed=(*self.placed[:number], digit, *self.placed[number + 1 :]))

    def without_digit(self, number: int) -> Composition:
        """One digit less."""
        return replace(self, placed=(*self.placed[:number], *self.placed[number + 1 :]))

    def with_digit_in_front(self, number: int) -> Composition:
        """One digit above all others."""
        return replace(self.without_digit(number), placed=(*self.without_digit(number).placed, self.placed[number]))

    def on(self, background: Background, *, clear: bool) -> Composition:
        """The same digits on another background."""
        return replace(self, background=background, clear=clear)


BLACK = np.zeros((SIZE, SIZE, 3), np.uint8)
"""The background of MREF."""
