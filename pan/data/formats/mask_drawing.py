"""Second pass over the annotations: writes the masks and collects the boxes of the questions."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool
from PIL import Image

from pan.data.formats.collecting import REPORT_EVERY, Question
from pan.data.formats.finding import ImageFinder
from pan.data.formats.objects import AnnotatedObject, Format
from pan.data.formats.outlines import Polygons
from pan.data.labelled.index import Box
from pan.data.opening import MOST_PIXELS
from pan.system.errors import InputError

MASKS = "masks"


class Drawn(NamedTuple):
    """The location of a question's objects.

    Attributes:
        boxes: Left, top, width and height, in pixels of the annotated image.
        mask: The mask's file, relative to the set's folder; empty if there is none.
    """

    boxes: list[Box]
    mask: str


def draw_masks(
    annotations: Format, questions: Sequence[Question], finder: ImageFinder, out: Path, *, boxes_too: bool
) -> Generator[int, None, list[Drawn]]:
    """Write the mask of each question whose objects have outlines, yielding the number of objects done.

    Args:
        annotations: The annotations.
        questions: The questions.
        finder: The finder of the images.
        out: The set's folder.
        boxes_too: Whether an object without an outline is drawn as its box.

    Raises:
        InputError: If an outline does not fit its image.
    """
    (out / MASKS).mkdir(parents=True, exist_ok=True)
    of_object = {number: place for place, each in enumerate(questions) for number in each.objects}
    left = [len(each.objects) for each in questions]
    masks: dict[int, Bool[np.ndarray, "h w"]] = {}
    drawn = [Drawn([], "") for _ in questions]
    for number, each in enumerate(annotations.objects()):
        if number % REPORT_EVERY == 0:
            yield number
        place = of_object.get(number)
        if place is None:
            continue
        image = questions[place].image
        mask = _mask(each, finder.annotated_size(image), boxes_too=boxes_too)
        if each.box is not None:
            drawn[place].boxes.append(each.box)
        elif mask is not None and mask.any():
            drawn[place].boxes.append(_extent(mask))
        if mask is not None:
            masks[place] = mask | masks[place] if place in masks else mask
        left[place] -= 1
        if left[place] == 0 and place in masks and (whole := masks.pop(place)).any():
            name = f"{MASKS}/{place:07d}.png"
            _save(out / name, whole, finder.sizes[image])
            drawn[place] = Drawn(drawn[place].boxes, name)
    return drawn


def shares(drawn: Sequence[Drawn], sizes: Sequence[tuple[int, int]]) -> list[float]:
    """The longer side of each question's largest box divided by the annotated image's; NaN without a box."""
    return [max((max(box[2], box[3]) / max(size) for box in each.boxes), default=float("nan"))
            for each, size in zip(drawn, sizes, strict=True)]


def _mask(each: AnnotatedObject, size: tuple[int, int], *, boxes_too: bool) -> Bool[np.ndarray, "h w"] | None:
    outline = each.outline
    if outline is None and each.box is not None and boxes_too:
        left, top, width, height = each.box
        corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
        outline = Polygons((corners,))
    if outline is None:
        return None
    if min(size) < 1 or size[0] * size[1] > MOST_PIXELS:
        raise InputError(f"{each.where}: the image size {size[0]} × {size[1]} is not usable; correct it.")
    try:
        return outline.mask(size)
    except ValueError as error:
        raise InputError(f"{each.where}: {error}; correct it, or give the images that were annotated.") from error


def _extent(mask: Bool[np.ndarray, "h w"]) -> Box:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return float(columns[0]), float(rows[0]), float(columns[-1] - columns[0] + 1), float(rows[-1] - rows[0] + 1)


def _save(path: Path, mask: Bool[np.ndarray, "h w"], size: tuple[int, int]) -> None:
    """Save a mask at the size of the image's file, which may differ from the annotated image's."""
    image = Image.fromarray(mask)
    (image if image.size == size else image.resize(size, Image.Resampling.NEAREST)).save(path)
