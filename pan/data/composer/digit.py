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


def hands() -> Digits:
    """The glyphs to compose with: those that come with the program and that no shipped network was trained on.

    They are the same on every machine, so that a saved composition means the same everywhere.
    """
    return bundled_digits("test")


@dataclass(frozen=True)
class PlacedDigit(Placed):
    """A digit in a scene.

    Attributes:
        digit: 0 to 9.
        glyph: Which of the digit's handwritings.
        colour: One of the task's answers.
    """

    digit: int
    glyph: int
    colour: str

    def __post_init__(self) -> None:
        if self.digit not in range(10):
            raise InputError(f"{self.digit} is no digit; choose one of 0 to 9.")
        if self.glyph not in range(self.looks):
            raise InputError(f"there is no hand {self.glyph} of the {self.digit}; choose one of 0 to {self.looks - 1}.")
        if self.colour not in COLOUR_WORDS:
            raise InputError(f"“{self.colour}” is no colour of digits; choose one of {', '.join(COLOUR_WORDS)}.")

    @property
    def query(self) -> str:
        """The digit as a word."""
        return MNIST_REFERENCE.queries[self.digit]

    @property
    def answer(self) -> str:
        """Its colour."""
        return self.colour

    @property
    def own_size(self) -> tuple[int, int]:
        """That of MNIST's glyphs."""
        return GLYPH, GLYPH

    @property
    def sprite(self) -> Sprite:
        """The glyph in its colour."""
        glyph = _glyph(self.digit, self.glyph, self.size[0])
        return Sprite(COLOURS[COLOUR_WORDS.index(self.colour)], glyph)

    @property
    def looks(self) -> int:
        """In how many hands it is written."""
        return len(hands().by_label[self.digit])

    def with_look(self, steps: int) -> PlacedDigit:
        """In another hand, so many further among the digit's glyphs."""
        return replace(self, glyph=(self.glyph + steps) % self.looks)


@lru_cache(maxsize=512)
def _glyph(digit: int, number: int, side: int) -> UInt8[np.ndarray, "side side"]:
    """One of a digit's handwritings at a size in pixels."""
    glyphs = hands()
    return resize_glyph(glyphs.glyphs[glyphs.by_label[digit][number]], side)
