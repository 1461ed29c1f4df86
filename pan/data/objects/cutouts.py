"""Objects of composed photographs: a silhouette with a colour, a size, a pattern and a surface."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from pan.data.objects.shapes import SHAPES, draw_shape

COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (200, 30, 35), "orange": (240, 140, 20), "yellow": (245, 220, 50), "green": (30, 150, 70),
    "blue": (40, 90, 205), "white": (238, 238, 238), "black": (28, 28, 30),
}  # fmt: skip
PATTERNS = ("plain", "striped", "dotted", "checked")
SURFACES = ("shiny", "rough")
SMALL, LARGE = 22, 30
"""Sides up to which an object is small, and from which it is large, in pixels; between them it has neither answer."""
SMALLEST, LARGEST = 16, 40

QUERIES = tuple(SHAPES)
ANSWERS = (*COLOURS, *PATTERNS, *SURFACES, "small", "large")
NOISE = 10.0  # standard deviation of an object's colour


class Attributes(NamedTuple):
    """The attributes of an object.

    Attributes:
        shape: The name of its silhouette, which is its query.
        side: The side of its square, in pixels.
        colour: Its first colour.
        second: The second colour of its pattern; for a plain object, the first one.
        pattern: One of `PATTERNS`.
        surface: One of `SURFACES`, or empty for neither.
    """

    shape: str
    side: int
    colour: str
    second: str
    pattern: str
    surface: str

    @property
    def words(self) -> tuple[str, ...]:
        """The right answers."""
        size = "small" if self.side <= SMALL else "large" if self.side >= LARGE else ""
        answers = (self.colour, self.second, self.pattern, self.surface, size)
        return tuple(dict.fromkeys(word for word in answers if word))


class Cutout(NamedTuple):
    """A drawn object.

    Attributes:
        colour: RGB values, 0 to 255.
        cover: Opacity, 0 to 1.
    """

    colour: Float[np.ndarray, "side side 3"]
    cover: Float[np.ndarray, "side side"]


def draw_attributes(shape: str, rng: np.random.Generator) -> Attributes:
    """Random attributes for an object of that shape."""
    colour, second = rng.permutation(list(COLOURS))[:2]
    pattern = str(rng.choice(PATTERNS, p=(0.4, 0.2, 0.2, 0.2)))
    return Attributes(
        shape,
        side=int(rng.integers(SMALLEST, LARGEST + 1)),
        colour=str(colour),
        second=str(colour if pattern == "plain" else second),
        pattern=pattern,
        surface=str(rng.choice(["", *SURFACES])),
    )


def draw_object(attributes: Attributes, rng: np.random.Generator) -> Cutout:
    """The object, lit from the upper left."""
    side = attributes.side
    first, second = (
        np.clip(np.array(COLOURS[name], np.float32) + rng.normal(0, NOISE), 0, 255)
        for name in (attributes.colour, attributes.second)
    )
    painted = np.where(_pattern(attributes.pattern, side, rng)[..., None], second, first)
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    light = 1 - 0.12 * (x + y)
    if attributes.surface == "rough":
        light = light * np.clip(1 + 0.2 * rng.standard_normal((side, side)), 0.3, 1.7)
    glance = np.zeros_like(light)
    if attributes.surface == "shiny":
        glance = 0.85 * np.exp(-((x + 0.35) ** 2 + (y + 0.4) ** 2) / 0.06)
    colour = np.clip(painted * light[..., None], 0, 255) * (1 - glance[..., None]) + 255 * glance[..., None]
    return Cutout(colour.astype(np.float32), draw_shape(attributes.shape, side))


def _pattern(name: str, side: int, rng: np.random.Generator) -> np.ndarray:
    """The pixels of the second colour."""
    y, x = np.mgrid[:side, :side] + rng.integers(side, size=(2, 1, 1))
    step = max(3, side // 6)
    if name == "striped":
        stripes = (x + y) if rng.random() < 0.5 else y
        return np.asarray(stripes // step % 2 == 0)
    if name == "checked":
        return np.asarray((x // step + y // step) % 2 == 0)
    if name == "dotted":
        period = 2 * step
        return np.asarray((x % period - step) ** 2 + (y % period - step) ** 2 < (0.62 * step) ** 2)
    return np.zeros((side, side), bool)
