"""Composed photographs: coloured objects drawn on photographs, labelled as in Visual Genome.

They are a small synthetic substitute for Visual Genome, with the same structure: several right answers to a question,
several objects of the queried class, boxes instead of masks.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, UInt8

from pan.data.digits.backgrounds import Photographs
from pan.data.labelled.reading import LabelledSet, RaggedArray
from pan.data.objects.cutouts import ANSWERS, QUERIES, Attributes, Cutout, draw_attributes, draw_object
from pan.recipes.task import Task

COLLAGES = Task(96, QUERIES, ANSWERS, several=True)
"""“What is the cup like?”"""

SIZE = COLLAGES.image_size
FEWEST, MOST = 3, 5  # classes of objects in an image
TWICE = 0.3  # share of the images with a second object of a class
TRIES = 40
SHADOW = 2  # pixels to the right and below
DARKNESS = 0.45

Box = tuple[int, int, int, int]


class PlacedObject(NamedTuple):
    """An object in its image.

    Attributes:
        attributes: Its attributes.
        box: Left, top, width and height of its visible pixels.
    """

    attributes: Attributes
    box: Box


class Collage(NamedTuple):
    """A composed photograph.

    Attributes:
        image: Its pixels.
        objects: Its objects.
    """

    image: UInt8[np.ndarray, "S S 3"]
    objects: tuple[PlacedObject, ...]

    @property
    def questions(self) -> dict[str, tuple[tuple[str, ...], tuple[Box, ...]]]:
        """By query, the union of the answers of all objects of that name, and their boxes."""
        words = dict.fromkeys(each.attributes.shape for each in self.objects)
        of_word = {word: [each for each in self.objects if each.attributes.shape == word] for word in words}
        return {
            word: (
                tuple(answer for answer in ANSWERS if any(answer in each.attributes.words for each in own)),
                tuple(each.box for each in own),
            )
            for word, own in of_word.items()
        }


@dataclass(frozen=True)
class CollageRenderer:
    """Draws composed photographs.

    Attributes:
        photographs: The photographs of one part, as backgrounds.
    """

    photographs: Photographs

    def collages(self, seed: Sequence[int], count: int) -> Iterator[Collage]:
        """The first collages of a seed; each one depends only on the seed and its number."""
        for number in range(count):
            yield self.collage(np.random.default_rng([*seed, number]))

    def collage(self, rng: np.random.Generator) -> Collage:
        """One collage; its objects do not overlap."""
        canvas = 0.75 * self.photographs(rng)[:SIZE, :SIZE] + 0.25 * 128
        shapes = list(rng.permutation(QUERIES)[: rng.integers(FEWEST, MOST + 1)])
        if rng.random() < TWICE:
            shapes.append(shapes[0])
        free = np.ones((SIZE, SIZE), bool)
        objects = []
        for shape in shapes:
            attributes = draw_attributes(str(shape), rng)
            corner = _free_corner(free, attributes.side, rng)
            if corner is None:
                continue
            cutout = draw_object(attributes, rng)
            top, left = corner
            free[top : top + attributes.side, left : left + attributes.side] = False
            _paste(canvas, cutout, top, left)
            objects.append(PlacedObject(attributes, _seen(cutout, top, left)))
        return Collage(np.rint(canvas).astype(np.uint8), tuple(objects))


def _free_corner(free: np.ndarray, side: int, rng: np.random.Generator) -> tuple[int, int] | None:
    """Top and left of an empty square, None if none was found."""
    for top, left in rng.integers(SIZE - side - SHADOW, size=(TRIES, 2)):
        if free[top : top + side, left : left + side].all():
            return int(top), int(left)
    return None


def _paste(canvas: Float[np.ndarray, "S S 3"], cutout: Cutout, top: int, left: int) -> None:
    side = len(cutout.cover)
    shaded = canvas[top + SHADOW : top + SHADOW + side, left + SHADOW : left + SHADOW + side]
    shaded *= 1 - DARKNESS * cutout.cover[..., None]
    behind = canvas[top : top + side, left : left + side]
    behind += cutout.cover[..., None] * (cutout.colour - behind)


def _seen(cutout: Cutout, top: int, left: int) -> Box:
    rows, columns = (np.flatnonzero((cutout.cover > 0.5).any(axis)) for axis in (1, 0))
    return (
        int(left + columns[0]), int(top + rows[0]),
        int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1),
    )  # fmt: skip


def ask_every_object(collages: Iterator[Collage], count: int) -> Generator[int, None, LabelledSet]:
    """The questions about all objects of collages, yielding the number drawn."""
    images = np.empty((count, SIZE, SIZE, 3), np.uint8)
    numbers: list[int] = []
    queries: list[int] = []
    answers: list[list[int]] = []
    boxes: list[list[tuple[float, float, float, float]]] = []
    for number, collage in enumerate(collages):
        images[number] = collage.image
        for word, (said, places) in collage.questions.items():
            numbers.append(number)
            queries.append(QUERIES.index(word))
            answers.append([ANSWERS.index(answer) for answer in said])
            boxes.append([(left, top, left + width, top + height) for left, top, width, height in places])
        yield number + 1
    return LabelledSet(
        images, np.array(numbers), np.array(queries),
        RaggedArray.of(answers, np.int32), RaggedArray.of(boxes, np.float32, (4,)),
    )  # fmt: skip
