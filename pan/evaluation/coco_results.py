"""Answers and attention in COCO's results format.

Each entry has `image_id`, `category_id`, `score` (the answer's probability), `bbox` and `segmentation`, and in addition
`file_name`, `category` and `answer`. The segmentation is the run-length encoding of the pixels whose accumulated
attention is at least a share of its maximum, at the size of the image's file. The ids are those of the annotations if
the set was imported from COCO; otherwise images and queries are numbered from 1.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional

from pan.attention.maps import accumulate
from pan.checkpoints.file import Checkpoint
from pan.data.formats.build import NUMBERS
from pan.data.formats.reading import whole
from pan.data.formats.run_lengths import encode
from pan.data.images import fitted_box
from pan.data.questions import Questions
from pan.explaining.batches import answer_all
from pan.system.errors import InputError
from pan.system.names import is_file

HALF = 0.5
"""The default threshold."""


class WrittenQuestion(NamedTuple):
    """A question in the results.

    Attributes:
        image: The image's name in the index.
        query: The query.
        size: Width and height of the image's file.
    """

    image: str
    query: str
    size: tuple[int, int]


class Numbers(msgspec.Struct):
    """COCO's ids of images and queries."""

    images: dict[str, int | str] = {}
    categories: dict[str, int | str] = {}


def check_attention(checkpoint: Checkpoint) -> None:
    """Check that a network has attention.

    Raises:
        InputError: If it has none.
    """
    if not checkpoint.model.attended():
        raise InputError(f"{checkpoint.name} attends nowhere, and COCO's results are its attention; give another.")


def coco_results(
    checkpoint: Checkpoint, questions: Questions, written: Sequence[WrittenQuestion], folder: Path,
    device: torch.device, threshold: float,
) -> Generator[int, None, list[dict[str, object]]]:  # fmt: skip
    """Answer every question, yielding the number of answered ones.

    Args:
        checkpoint: A network with attention.
        questions: The set, with the words of the network's task.
        written: The same questions, in the same order.
        folder: The folder of the set, which may have the ids of an import.
        device: The device.
        threshold: Smallest share of a map's maximum for a pixel of the segmentation.

    Raises:
        InputError: If the network has no attention, or the ids cannot be read.
    """
    check_attention(checkpoint)
    numbers = _numbers(folder, written, checkpoint.task.queries)
    results: dict[int, dict[str, object]] = {}
    for batch in answer_all(checkpoint.model.to(device), questions, checkpoint.task, device, torch.float32):
        maps = accumulate(batch.output.layers, checkpoint.task.image_size)[-1]
        scores, answers = batch.output.log_probabilities.exp().max(-1)
        for image, question in zip(*np.nonzero(batch.real), strict=True):
            row = int(batch.rows[image, question])
            where = written[row]
            mask = _inside(maps[image, question].cpu(), where.size, threshold)
            results[row] = {
                "image_id": numbers.images[where.image],
                "category_id": numbers.categories[where.query],
                "bbox": _box(mask),
                "score": float(scores[image, question]),
                "segmentation": {"size": [where.size[1], where.size[0]], "counts": encode(mask)},
                "file_name": where.image,
                "category": where.query,
                "answer": checkpoint.task.answers[int(answers[image, question])],
            }
        yield len(results)
    return [results[row] for row in sorted(results)]


def _numbers(folder: Path, written: Sequence[WrittenQuestion], queries: Sequence[str]) -> Numbers:
    """The ids of the import; images and queries without an id get the next larger numbers."""
    kept = whole(folder / NUMBERS, Numbers) if is_file(folder / NUMBERS) else Numbers()
    for held, names in ((kept.images, [each.image for each in written]), (kept.categories, queries)):
        number = max((each for each in held.values() if isinstance(each, int)), default=0)
        for name in names:
            if name not in held:
                number += 1
                held[name] = number
    return kept


def _inside(attention: Float[Tensor, "S S"], original: tuple[int, int], threshold: float) -> Bool[np.ndarray, "h w"]:
    """The pixels above the threshold, at the size of the image's file and without the borders of fitting."""
    left, top, width, height = fitted_box(original, attention.shape[0])
    picture = attention[None, None, top : top + height, left : left + width].float()
    resized = functional.interpolate(picture, size=(original[1], original[0]), mode="bilinear", align_corners=False)
    return np.asarray((resized >= threshold * resized.max())[0, 0].numpy())


def _box(mask: Bool[np.ndarray, "h w"]) -> list[int]:
    """Left, top, width and height of the pixels inside."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    left, top, right, bottom = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    return [int(left), int(top), int(right - left), int(bottom - top)]
