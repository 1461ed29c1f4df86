"""Questions of a set whose objects are outlined, by a mask or by boxes, so that they can be cut out."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, UInt8

from pan.data.images import Fitted, fit_box
from pan.data.labelled.index import Box, annotated_sizes, is_labelled, read_labelled_index
from pan.data.labelled.reading import labelled_words
from pan.data.masks import check_mask_size, fit_mask, load_mask
from pan.data.named_files import NamedFiles
from pan.data.reference.index import read_index
from pan.data.reference.reading import words_in
from pan.recipes.task import MNIST_REFERENCE, Task
from pan.system.errors import InputError

FADE = 0.08
"""The share of a box's shorter side over which it fades at each edge. Without it its background looks pasted; with more
of it the object itself, which reaches to its box, loses its edge."""


class Outlined(NamedTuple):
    """A question whose object is outlined.

    Attributes:
        image: The image's file.
        name: The image's name in the set.
        query: The query.
        answers: The right answers, at least one.
        mask: The mask's file, None if there are only boxes.
        mask_name: Its name in the set, empty if there are only boxes.
        boxes: Left, top, width and height of the queried objects, in pixels of the annotated image.
        annotated: Width and height of the annotated image, None for those of the file.
        scale: The object's scale in the index, NaN if not given.
        same_size: Whether the mask must have the image's size, as it must in a set with one answer to a question.
    """

    image: Path
    name: str
    query: str
    answers: tuple[str, ...]
    mask: Path | None
    mask_name: str
    boxes: tuple[Box, ...] = ()
    annotated: tuple[int, int] | None = None
    scale: float = float("nan")
    same_size: bool = False

    def opacity(self, fitted: Fitted) -> UInt8[np.ndarray, "S S"]:
        """How much of each pixel of the fitted image is the object, 0 to 255. Boxes fade towards their edges.

        Raises:
            InputError: If the mask cannot be read, or does not have the image's size where it must.
        """
        side = len(fitted.pixels)
        if self.mask is None:
            boxes = np.array(self.boxes).reshape(-1, 4)
            return _faded(fit_box(boxes, self.annotated or fitted.original, side), side)
        mask = load_mask(self.mask)
        if self.same_size:
            check_mask_size(mask, fitted.original, f"the mask {self.mask}")
        return np.where(fit_mask(mask, side), np.uint8(255), np.uint8(0))


def outlined_questions(folder: Path) -> tuple[list[Outlined], Task]:
    """The questions of a set whose objects are outlined, and the set's words.

    Raises:
        InputError: If the set cannot be read, or has no such question.
    """
    rows, task = _with_several_answers(folder) if is_labelled(folder) else _with_one_answer(folder)
    if not rows:
        outlines = "masks or boxes" if task.several else "masks"
        raise InputError(f"“{folder.name}” has no {outlines} to cut objects out by, so that there are digits instead.")
    return rows, task


def _with_one_answer(folder: Path) -> tuple[list[Outlined], Task]:
    rows = read_index(folder)
    outlined = [Outlined(row.image, row.name, row.query, (row.answer,), row.mask, row.mask_name, scale=row.scale,
                         same_size=True)
                for row in rows if row.mask is not None]
    return outlined, words_in(rows)


def _with_several_answers(folder: Path) -> tuple[list[Outlined], Task]:
    sizes, files = annotated_sizes(folder), NamedFiles(folder)  # the rows of an image share its path
    outlined = [
        Outlined(files.path(row.name), row.name, row.query, row.answers,
                 files.path(row.mask_name) if row.mask_name else None, row.mask_name, row.boxes, sizes.get(row.name))
        for row in read_labelled_index(folder) if row.answers and (row.mask_name or row.boxes)
    ]  # fmt: skip
    return outlined, labelled_words(folder, MNIST_REFERENCE.image_size)


def _faded(boxes: Float[np.ndarray, "n 4"], side: int) -> UInt8[np.ndarray, "S S"]:
    opacity = np.zeros((side, side))
    for left, top, right, bottom in np.rint(boxes).astype(int).tolist():
        left, top = min(left, side - 1), min(top, side - 1)
        height, width = max(1, bottom - top), max(1, right - left)
        fade = FADE * min(height, width)
        window = opacity[top : top + height, left : left + width]
        np.maximum(window, _slope(height, fade)[:, None] * _slope(width, fade), out=window)
    return np.rint(255 * opacity).astype(np.uint8)


def _slope(length: int, fade: float) -> Float[np.ndarray, " length"]:
    """Rises from an edge to 1 within `fade` pixels, and falls to the other edge; above 0 everywhere."""
    from_edge = np.minimum(np.arange(length), np.arange(length)[::-1])
    return np.minimum(1.0, (1 + from_edge) / (1 + fade))
