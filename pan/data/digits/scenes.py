"""Scenes of coloured digits: MNIST Reference and its variants with distractors and photographs (section 4.1).

Each scene uses its own seeded generator: scene i of a seed does not depend on how many scenes are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from pan.data.digits.backgrounds import SIZE, Canvas
from pan.data.digits.glyphs import COLOURS, GLYPH, LARGEST, SMALLEST, mix_paints, resize_glyph
from pan.data.digits.mnist import Digits
from pan.data.questions import QuestionSet
from pan.recipes.task import MNIST_REFERENCE
from pan.system.processes import in_processes, processors

FEWEST, MOST = 5, 9
FEW_TRIES, MANY_TRIES = 48, 10_000  # tries to place a digit, before a scene is started over

LISTED = 8  # candidates at a time: most digits fit among the first
SQUARES = tuple(sum((1 << side) - 1 << SIZE * row for row in range(side)) for side in range(SIZE + 1))
"""For each side, the square at the top left corner as bits; pixel (row, column) is bit 100 row + column."""

AT_ONCE = 16
FEWEST_FOR_PROCESSES = 2_000  # scenes: fewer are drawn before a process has started

Segmentation = UInt8[np.ndarray, "100 100"]
EMPTY = np.zeros((SIZE, SIZE), np.uint8)


class Scene(NamedTuple):
    """One image with its ground truth.

    Attributes:
        image: The image.
        digits: The digits in it, all different, in the order of drawing.
        colours: For each digit, the index of its colour among the answers.
        scales: For each digit, its side divided by the glyph's 28 pixels.
        segmentation: For each pixel 0, or 1 + the index of the digit whose ink it shows; ink never overlaps.
    """

    image: UInt8[np.ndarray, "100 100 3"]
    digits: Int[np.ndarray, " n"]
    colours: Int[np.ndarray, " n"]
    scales: Float[np.ndarray, " n"]
    segmentation: Segmentation

    @property
    def queries(self) -> tuple[str, ...]:
        """The digits as queries."""
        return tuple(MNIST_REFERENCE.queries[digit] for digit in self.digits)

    @property
    def answers(self) -> tuple[str, ...]:
        """The right answers: the colours of the digits."""
        return tuple(MNIST_REFERENCE.answers[colour] for colour in self.colours)

    @property
    def masks(self) -> Bool[np.ndarray, "n 100 100"]:
        """The ink of each digit."""
        places = np.arange(1, len(self.digits) + 1, dtype=np.uint8)
        masks: Bool[np.ndarray, "n 100 100"] = self.segmentation == places[:, None, None]
        return masks


def drawing_processes(scenes: int) -> int:
    """The fastest number of processes for that many scenes; 0 is this process."""
    return processors() if scenes >= FEWEST_FOR_PROCESSES and processors() > 1 else 0


def free_square(segmentation: Segmentation, rng: np.random.Generator) -> tuple[float, int, int] | None:
    """A random scale and corner whose square is empty: the first that fits among 48, then among 10,000 candidates.

    The number of random draws must not depend on the result, or a seed would give other scenes. The ink is one large
    integer, a bit for each pixel, which is tested four times as fast as a part of an array.
    """
    ink = int.from_bytes(np.packbits(segmentation, bitorder="little").tobytes(), "little")
    for tries in (FEW_TRIES, MANY_TRIES):
        draws = rng.random((tries, 3))
        for start in range(0, tries, LISTED):
            for size, down, right in draws[start : start + LISTED].tolist():
                scale = SMALLEST + (LARGEST - SMALLEST) * size
                side = int(GLYPH * scale)
                top, left = int((SIZE + 1 - side) * down), int((SIZE + 1 - side) * right)
                if not ink >> SIZE * top + left & SQUARES[side]:
                    return scale, top, left
    return None


def stamp(
    canvas: Canvas, segmentation: Segmentation, glyph: UInt8[np.ndarray, "s s"], paint: Float[np.ndarray, " 3"],
    corner: tuple[int, int], place: int,
) -> None:
    """Draw a glyph on the canvas with its grey levels as opacity, and its ink into the segmentation as 1 + `place`."""
    (top, left), side = corner, len(glyph)
    rows = canvas.reshape(SIZE, -1, copy=False)  # the channels of a row, interleaved
    below = rows[top : top + side, 3 * left : 3 * (left + side)]
    change = np.full((side, 3), paint).ravel() - below
    change *= np.repeat(glyph * np.float32(1 / 255), 3, axis=1)
    below += change
    np.copyto(segmentation[top : top + side, left : left + side], place + 1, where=glyph > 0)


@dataclass(frozen=True)
class SceneRenderer:
    """Draws the scenes of one kind.

    Attributes:
        digits: The glyphs.
        background: Draws the background.
        find_square: Finds scale, top and left of the next digit; None if nothing fits.
    """

    digits: Digits
    background: Callable[[np.random.Generator], Canvas]
    find_square: Callable[[Segmentation, np.random.Generator], tuple[float, int, int] | None] = free_square

    def scene(self, seed: Sequence[int], number: int) -> Scene:
        """Scene `number` of a seed."""
        rng = np.random.default_rng([*seed, number])
        while True:  # until all digits fit
            scene = self._try_scene(rng)
            if scene is not None:
                return scene

    def scenes(self, seed: Sequence[int], count: int, processes: int = 0) -> Generator[Scene, None, None]:
        """The first scenes of a seed.

        Args:
            seed: The seed.
            count: The number of scenes.
            processes: The number of processes; 0 draws in this process. The scenes do not depend on it.
        """
        pieces = (range(start, min(start + AT_ONCE, count)) for start in range(0, count, AT_ONCE))
        for drawn in in_processes(partial(self._some, seed), pieces, processes):
            yield from drawn

    def _some(self, seed: Sequence[int], numbers: range) -> list[Scene]:
        return [self.scene(seed, number) for number in numbers]

    def _try_scene(self, rng: np.random.Generator) -> Scene | None:
        count = int(rng.integers(FEWEST, MOST + 1))
        digits = rng.permutation(10)[:count]
        colours = rng.integers(len(COLOURS), size=count)
        paints = mix_paints(colours, rng)
        scales = np.empty(count)
        canvas = self.background(rng)
        segmentation = np.zeros((SIZE, SIZE), np.uint8)
        for place, digit in enumerate(digits):
            square = self.find_square(segmentation, rng)
            if square is None:
                return None
            scales[place], top, left = square
            side = int(GLYPH * scales[place])
            numbers = self.digits.by_label[digit]
            glyph = resize_glyph(self.digits.glyphs[numbers[rng.integers(len(numbers))]], side)
            stamp(canvas, segmentation, glyph, paints[place], (top, left), place)
        return Scene(np.rint(canvas).astype(np.uint8), digits, colours, scales, segmentation)


def ask_every_digit(scenes: Iterable[Scene], count: int) -> Generator[int, None, QuestionSet]:
    """The questions about all digits of `count` scenes, yielding the number of scenes drawn."""
    images = np.empty((count, SIZE, SIZE, 3), np.uint8)
    about: list[Scene] = []
    masks = []
    for number, scene in enumerate(scenes):
        images[number] = scene.image
        masks.append(np.packbits(scene.masks.reshape(len(scene.digits), -1), axis=1))
        about.append(scene._replace(image=images[number], segmentation=EMPTY))
        yield number + 1
    return QuestionSet(
        images,
        image=np.repeat(np.arange(count), [len(scene.digits) for scene in about]),
        query=np.concatenate([scene.digits for scene in about]),
        answer=np.concatenate([scene.colours for scene in about]),
        scale=np.concatenate([scene.scales for scene in about]),
        packed_masks=np.concatenate(masks),
        masked=np.ones(sum(map(len, masks)), bool),
    )
