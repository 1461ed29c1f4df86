"""Sets of questions about images, as training and evaluation use them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from pan.data.image_files import ImageFiles

Some = TypeVar("Some", bound="Questions")
"""A set of the same kind; `typing.Self` is not checked at run time."""


@dataclass(frozen=True, eq=False)
class Questions(ABC):
    """R questions about N images of S × S pixels.

    Attributes:
        images: N images at the network's input size, in memory or decoded on access.
        image: For each question, the index of its image; the questions of an image are consecutive.
        query: For each question, the index of its query.
    """

    images: UInt8[np.ndarray, "N S S 3"] | ImageFiles
    image: Int[np.ndarray, " R"]
    query: Int[np.ndarray, " R"]

    def __len__(self) -> int:
        return len(self.query)

    @cached_property
    def rows(self) -> Sequence[Int[np.ndarray, " _"]]:
        """For each image, the indices of its questions."""
        starts = np.searchsorted(self.image, np.arange(1, len(self.images)))
        return np.split(np.arange(len(self)), starts)

    @abstractmethod
    def right_answers(self, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
        """Which of the task's K = `words` answers are right: one, or several."""

    def known_answers(self, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
        """Which of the task's K = `words` answers are known to be right or wrong; by default all."""
        return np.ones((*rows.shape, words), bool)

    @abstractmethod
    def masks(self, rows: Int[np.ndarray, ...]) -> Bool[np.ndarray, "... S S"]:
        """The masks of the queried objects; empty where they are not known."""

    def of_images(self: Some, numbers: Int[np.ndarray, " M"]) -> Some:  # noqa: PYI019
        """The questions about a selection of the images."""
        rows = np.concatenate([self.rows[number] for number in numbers])
        image = np.repeat(np.arange(len(numbers)), [len(self.rows[number]) for number in numbers])
        images = self.images.of(numbers) if isinstance(self.images, ImageFiles) else self.images[numbers]
        return replace(self._take(rows), images=images, image=image)

    def one_question_an_image(self: Some, rng: np.random.Generator) -> Some:  # noqa: PYI019
        """The same images with one random question each (the paper's literal data)."""
        return self._take(np.array([rng.choice(rows) for rows in self.rows if len(rows)]))

    def _take(self: Some, rows: Int[np.ndarray, " r"]) -> Some:  # noqa: PYI019
        values = {field.name: getattr(self, field.name) for field in fields(self)[1:]}
        return replace(self, **{name: value[rows] for name, value in values.items() if value is not None})


@dataclass(frozen=True, eq=False)
class QuestionSet(Questions):
    """Questions with one right answer each, and masks of the queried objects.

    Attributes:
        answer: For each question, the index of its answer.
        scale: The queried object's scale, NaN if unknown.
        packed_masks: The masks, eight pixels to a byte (`numpy.packbits`).
        masked: Whether a question has a mask.
    """

    answer: Int[np.ndarray, " R"]
    scale: Float[np.ndarray, " R"]
    packed_masks: UInt8[np.ndarray, "R bytes"]
    masked: Bool[np.ndarray, " R"]

    def right_answers(self, rows: Int[np.ndarray, ...], words: int) -> Bool[np.ndarray, "... K"]:
        """The one right answer as a one-hot vector."""
        right: Bool[np.ndarray, "... K"] = self.answer[rows][..., None] == np.arange(words)
        return right

    def masks(self, rows: Int[np.ndarray, ...]) -> Bool[np.ndarray, "... S S"]:
        """The masks of the queried objects; empty where a question has none."""
        size = self.images.shape[1]
        bits = np.unpackbits(self.packed_masks[rows], axis=-1, count=size * size)
        return bits.astype(bool).reshape(*rows.shape, size, size)


def ask(
    rows: Sequence[Int[np.ndarray, " _"]], questions: int, rng: np.random.Generator
) -> Int[np.ndarray, "B Q"]:
    """Q questions of each image in random order; if an image has fewer, they are repeated."""
    places = np.arange(questions)
    return np.stack([rng.permutation(own)[places % len(own)] for own in rows])
