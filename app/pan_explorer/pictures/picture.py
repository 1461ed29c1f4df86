"""An image as the networks see it, and what is known of the objects in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool
from PIL import Image

from pan.data.images import Fitted
from pan_explorer.values.marks import Segments, outline, rectangle

MOST_ASKED = 24
"""Answers to more queries could not be compared."""


class Box(NamedTuple):
    """A rectangle, as shares of the side of the image the networks see."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Truth:
    """What is known of one query.

    Attributes:
        answers: The right answers; none if only wrong ones are known.
        mask: The queried object's pixels, None if they are not known.
        boxes: Where the queried objects are, if it is known by boxes.
    """

    answers: tuple[str, ...]
    mask: Bool[np.ndarray, "S S"] | None
    boxes: tuple[Box, ...] = ()

    @cached_property
    def outline(self) -> Segments | None:
        """The edge of the queried object, or its boxes; None if neither is known."""
        if self.mask is not None:
            return outline(self.mask)
        boxes = [rectangle(box.left, box.top, box.left + box.width, box.top + box.height) for box in self.boxes]
        return np.concatenate(boxes) if boxes else None

    def region(self, size: int) -> Bool[np.ndarray, "size size"] | None:
        """The queried object in an image of that size, by its mask or else its boxes; None if it is not known."""
        places = (np.arange(size) + 0.5) / size
        if self.mask is not None:
            nearest = (places * len(self.mask)).astype(np.intp)
            return self.mask[np.ix_(nearest, nearest)]
        if not self.boxes:
            return None
        region = np.zeros((size, size), bool)
        for left, top, width, height in self.boxes:
            rows, columns = (places >= top) & (places < top + height), (places >= left) & (places < left + width)
            region |= rows[:, None] & columns
        return region


@dataclass(frozen=True, eq=False)
class Picture:
    """An image as the networks see it.

    Attributes:
        name: What the user calls it.
        path: Its file, None if it was pasted.
        fitted: The image at the networks' size.
        truths: What is known, by query; empty for an image of which nothing is known.
        complete: Whether every object of the image is among the truths.
        queries: The words its set asks; empty for an image of no set.
        source: The image itself if it has no file.
    """

    name: str
    path: Path | None
    fitted: Fitted
    truths: Mapping[str, Truth]
    complete: bool = False
    queries: tuple[str, ...] = ()
    source: Image.Image | None = None

    @property
    def fault(self) -> str:
        """Why the image cannot be shown, empty if it can."""
        return ""

    def asked_among(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Of some words those that the image is known to have, or all where nothing is known; at most `MOST_ASKED`."""
        return (tuple(word for word in words if word in self.truths) or words)[:MOST_ASKED]

    def lacks(self, query: str) -> bool:
        """Whether the queried object is known not to be there."""
        return self.complete and query not in self.truths
