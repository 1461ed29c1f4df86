"""The objects of images, to which the attention of each question about the image is compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float, Shaped, UInt8
from torch import Tensor

from pan.data.questions import Questions
from pan.explaining.batches import Answered

AT_ONCE = 256
"""Number of objects whose pixels are in memory at the same time."""


class Objects(NamedTuple):
    """Some objects of each of B images.

    Attributes:
        pixels: 1 on the object, as floats, so that sums over objects are matrix products.
        questions: Number of questions about the object; 0 for padding and for an unknown object.
    """

    pixels: Float[Tensor, "B O pixels"]
    questions: Float[Tensor, "B O"]

    @property
    def sizes(self) -> Float[Tensor, "B O"]:
        """Pixels of each object."""
        return self.pixels.sum(2)


def objects_of(masks: Bool[Tensor, "B Q S S"], real: Bool[Tensor, "B Q"]) -> Objects:
    """The objects of a batch's own questions.

    Args:
        masks: The object of each question.
        real: Whether each question is not padding; padding repeats other questions of the image.
    """
    return Objects(masks.flatten(2).float(), (real & masks.flatten(2).any(2)).float())


class ImageObjects:
    """The objects of an image whose questions are in several batches, each object once.

    Args:
        questions: All questions of the set.
    """

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._image = -1
        self._packed: UInt8[np.ndarray, "O bytes"] = np.empty((0, 0), np.uint8)
        self._asked: Shaped[np.ndarray, " O"] = np.empty(0, np.int64)

    def has(self, batch: Answered) -> bool:
        """Whether a batch's image has questions in other batches too."""
        image = self._questions.image[batch.rows[0, 0]]
        return bool(batch.real[0].sum() < len(self._questions.rows[image]))

    def objects(self, batch: Answered, device: torch.device) -> Iterator[Objects]:
        """All objects of the batch's image, in groups."""
        self._take(int(self._questions.image[batch.rows[0, 0]]))
        pixels = self._questions.images.shape[1] ** 2
        for start in range(0, len(self._packed), AT_ONCE):
            bits = np.unpackbits(self._packed[start : start + AT_ONCE], axis=1, count=pixels)
            asked = torch.from_numpy(self._asked[start : start + AT_ONCE] * bits.any(1)).float()
            yield Objects(torch.from_numpy(bits).float()[None].to(device), asked[None].to(device))

    def _take(self, image: int) -> None:
        if image == self._image:
            return
        rows = self._questions.rows[image]
        parts = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
        packed = [np.packbits(self._questions.masks(part).reshape(len(part), -1), axis=1) for part in parts]
        self._packed, self._asked = np.unique(np.concatenate(packed), axis=0, return_counts=True)
        self._image = image
