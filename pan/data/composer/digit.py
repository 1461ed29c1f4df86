"""Handwritten digits as objects of a scene."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from jaxtyping import UInt8

from pan.data.composer.placed import Placed, Sprite
from pan.data.digits.glyphs import COLOURS, GLYPH, resize_glyph
from pan.data.digits.mnist import Digits, bundled_digits
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError

COLOUR_WORDS = MNIST_REFERENCE.answers


def digit_glyphs() -> Digits:
    """The glyphs for composing: those that come with the program and were not used to train a shipped network.

    They are the same on every machine, so that a saved composition looks the same everywhere.
    """
    return bundled_digits("test")


@dataclass(frozen=True)
class PlacedDigit(Placed):
    """A digit in a scene.

    Attributes:
        digit: 0 to 9.
        glyph: Index of the digit's glyph.
        colour: One of the task's answers.
    """

    digit: int
    glyph: int
    colour: str

    def __post_init__(self) -> None:
        if self.digit not in range(10):
            raise InputError(f"{self.digit} is no digit; choose one of 0 to 9.")
        if self.glyph not in range(self.looks):
            raise InputError(f"there is no glyph {self.glyph} of the {self.digit}; choose 0 to {self.looks - 1}.")
        if self.colour not in COLOUR_WORDS:
            raise InputError(f"“{self.colour}” is no colour of digits; choose one of {', '.join(COLOUR_WORDS)}.")

    @property
    def query(self) -> str:
        """The digit as a word."""
        return MNIST_REFERENCE.queries[self.digit]

    @property
    def answers(self) -> tuple[str, ...]:
        """Its colour."""
        return (self.colour,)

    @property
    def own_size(self) -> tuple[int, int]:
        """The size of MNIST's glyphs."""
        return GLYPH, GLYPH

    @property
    def sprite(self) -> Sprite:
        """The glyph in its colour."""
        glyph = _glyph(self.digit, self.glyph, self.size[0])
        return Sprite(COLOURS[COLOUR_WORDS.index(self.colour)], glyph)

    @property
    def looks(self) -> int:
        """The number of glyphs of the digit."""
        return len(digit_glyphs().by_label[self.digit])

    def with_look(self, steps: int) -> PlacedDigit:
        """The digit with another glyph, so many steps further."""
        return replace(self, glyph=(self.glyph + steps) % self.looks)


@lru_cache(maxsize=512)
def _glyph(digit: int, number: int, side: int) -> UInt8[np.ndarray, "side side"]:
    """A glyph of a digit at a size in pixels."""
    glyphs = digit_glyphs()
    return resize_glyph(glyphs.glyphs[glyphs.by_label[digit][number]], side)
