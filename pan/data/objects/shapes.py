"""The silhouettes of the objects in composed photographs, drawn in the square from −1 to 1 with y downwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from jaxtyping import Float
from PIL import Image, ImageDraw

Mask = Float[np.ndarray, "side side"]
Pen = tuple[ImageDraw.ImageDraw, Callable[[list[tuple[float, float]]], list[tuple[float, float]]]]

SMOOTH = 3
"""Supersampling factor."""

INK, PAPER = 255, 0


@lru_cache(maxsize=512)  # some KB each
def draw_shape(name: str, side: int) -> Mask:
    """An antialiased silhouette.

    Args:
        name: A key of `SHAPES`.
        side: The side of the square, in pixels.

    Returns:
        Coverage of each pixel, 0 to 1.
    """
    large = side * SMOOTH
    image = Image.new("L", (large, large), PAPER)
    half = large / 2

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(half + half * x, half + half * y) for x, y in points]

    SHAPES[name]((ImageDraw.Draw(image), at))
    return np.asarray(image.resize((side, side), Image.Resampling.BOX), np.float32) / 255


def _ellipse(pen: Pen, left: float, top: float, right: float, bottom: float, fill: int = INK) -> None:
    draw, at = pen
    draw.ellipse(at([(left, top), (right, bottom)]), fill=fill)


def _polygon(pen: Pen, *points: tuple[float, float], fill: int = INK) -> None:
    draw, at = pen
    draw.polygon(at(list(points)), fill=fill)


def _ball(pen: Pen) -> None:
    _ellipse(pen, -0.95, -0.95, 0.95, 0.95)


def _box(pen: Pen) -> None:
    _polygon(pen, (-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))


def _star(pen: Pen) -> None:
    angles = np.arange(10) * np.pi / 5 - np.pi / 2
    radii = np.where(np.arange(10) % 2, 0.42, 1.0)
    _polygon(pen, *zip((radii * np.cos(angles)).tolist(), (radii * np.sin(angles) + 0.05).tolist(), strict=True))


def _ring(pen: Pen) -> None:
    _ball(pen)
    _ellipse(pen, -0.5, -0.5, 0.5, 0.5, fill=PAPER)


def _heart(pen: Pen) -> None:
    turn = np.linspace(0, 2 * np.pi, 60)
    x = np.sin(turn) ** 3
    y = -(13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)) / 16
    _polygon(pen, *zip(x.tolist(), y.tolist(), strict=True))


def _moon(pen: Pen) -> None:
    _ball(pen)
    _ellipse(pen, -0.35, -1.0, 1.4, 0.75, fill=PAPER)


def _cup(pen: Pen) -> None:
    _ellipse(pen, 0.1, -0.5, 0.98, 0.4)
    _ellipse(pen, 0.32, -0.28, 0.76, 0.18, fill=PAPER)
    _polygon(pen, (-0.95, -0.85), (0.5, -0.85), (0.3, 0.85), (-0.75, 0.85))


def _house(pen: Pen) -> None:
    _polygon(pen, (0.0, -0.98), (0.98, -0.1), (0.72, -0.1), (0.72, 0.9), (-0.72, 0.9), (-0.72, -0.1), (-0.98, -0.1))
    _polygon(pen, (-0.18, 0.9), (-0.18, 0.35), (0.18, 0.35), (0.18, 0.9), fill=PAPER)


def _fish(pen: Pen) -> None:
    _ellipse(pen, -0.98, -0.55, 0.55, 0.55)
    _polygon(pen, (0.3, 0.0), (0.98, -0.65), (0.98, 0.65))


def _leaf(pen: Pen) -> None:
    turn = np.linspace(0, np.pi, 30)
    upper = list(zip((-np.cos(turn)).tolist(), (-0.5 * np.sin(turn)).tolist(), strict=True))
    tilt = np.pi / 4
    turned = [(x * np.cos(tilt) + y * np.sin(tilt), y * np.cos(tilt) - x * np.sin(tilt))
              for x, y in [*upper, *((x, -y) for x, y in reversed(upper))]]
    _polygon(pen, *((1.25 * x, 1.25 * y) for x, y in turned))


SHAPES: dict[str, Callable[[Pen], None]] = {
    "ball": _ball, "box": _box, "cup": _cup, "fish": _fish, "heart": _heart, "house": _house, "leaf": _leaf,
    "moon": _moon, "ring": _ring, "star": _star,
}  # fmt: skip
"""The drawing function of each shape."""
