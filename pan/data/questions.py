"""Questions about images, in memory: what training and evaluation read, whoever made the images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8


@dataclass(frozen=True, eq=False)
class QuestionSet:
    """R questions about N images of S × S pixels, images and masks held as bytes.

    Attributes:
        images: N images as the network sees them.
        image: For each question, the number of its image; questions of an image stand together.
        query: For each question, its query's place among the task's queries.
        answer: For each question, its answer's place among the task's answers.
        scale: The queried object's scale, NaN where unknown.
        packed_masks: The queried object's pixels, eight to a byte (`numpy.packbits`).
        masked: Which questions have a mask.
    """

    images: UInt8[np.ndarray, "N S S 3"]
    image: Int[np.ndarray, " R"]
    query: Int[np.ndarray, " R"]
    answer: Int[np.ndarray, " R"]
    scale: Float[np.ndarray, " R"]
    packed_masks: UInt8[np.ndarray, "R bytes"]
    masked: Bool[np.ndarray, " R"]

    def __len__(self) -> int:
        return len(self.query)

    @cached_property
    def rows(self) -> Sequence[Int[np.ndarray, " _"]]:
        """For each image, the numbers of its questions."""
        starts = np.searchsorted(self.image, np.arange(1, len(self.images)))
        return np.split(np.arange(len(self)), starts)

    def masks(self, rows: Int[np.ndarray, ...]) -> Bool[np.ndarray, "... S S"]:
        """The queried objects' pixels; empty where a question has no mask."""
        size = self.images.shape[1]
        bits = np.unpackbits(self.packed_masks[rows], axis=-1, count=size * size)
        return bits.astype(bool).reshape(*rows.shape, size, size)

    def of_images(self, numbers: Int[np.ndarray, " M"]) -> QuestionSet:
        """The questions about some of the images alone."""
        rows = np.concatenate([self.rows[number] for number in numbers])
        image = np.repeat(np.arange(len(numbers)), [len(self.rows[number]) for number in numbers])
        return replace(self._take(rows), images=self.images[numbers], image=image)

    def one_question_an_image(self) -> QuestionSet:
        """The same images with the first question of each alone (the paper's literal data)."""
        return self._take(np.array([rows[0] for rows in self.rows if len(rows)]))

    def _take(self, rows: Int[np.ndarray, " r"]) -> QuestionSet:
        return type(self)(self.images, *(getattr(self, field.name)[rows] for field in fields(self)[1:]))


def ask(
    rows: Sequence[Int[np.ndarray, " _"]], questions: int, rng: np.random.Generator
) -> Int[np.ndarray, "B Q"]:
    """Q questions of each image: its own in random order, repeated from the start where there are fewer."""
    return np.stack([np.resize(rng.permutation(own), questions) for own in rows])
