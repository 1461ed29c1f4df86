"""Answers and attention as COCO's results: a list for the programs that read COCO.

Each entry has `image_id`, `category_id`, `score` (the answer's probability), `bbox` and `segmentation` (the runs of
where the accumulated attention is at least one share of its largest value, at the size of the image's file), and beside
them `file_name`, `category` and `answer`. The ids are those of the annotations where the set was imported from COCO,
else images and queries are numbered from 1 on.
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
"""The threshold where none is known to be better."""


class WrittenQuestion(NamedTuple):
    """A question as it is written.

    Attributes:
        image: The image as the index names it.
        query: The query's word.
        size: Width and height of the image's file.
    """

    image: str
    query: str
    size: tuple[int, int]


class Numbers(msgspec.Struct):
    """What COCO calls images and queries."""

    images: dict[str, int | str] = {}
    categories: dict[str, int | str] = {}


def coco_results(
    checkpoint: Checkpoint, questions: Questions, written: Sequence[WrittenQuestion], folder: Path,
    device: torch.device, threshold: float,
) -> Generator[int, None, list[dict[str, object]]]:  # fmt: skip
    """Answer every question, yielding how many are done.

    Args:
        checkpoint: A network that attends.
        questions: The set, in its words.
        written: The same questions, in the same order.
        folder: The set's, where the numbers of an import lie.
        device: Where to compute.
        threshold: Share of a map's largest value from which on a pixel is inside.

    Raises:
        InputError: If the network does not attend, or the numbers cannot be read.
    """
    numbers = _numbers(folder, written, checkpoint.task.queries)
    results: dict[int, dict[str, object]] = {}
    for batch in answer_all(checkpoint.model.to(device), questions, checkpoint.task, device, torch.float32):
        if not batch.output.layers:
            raise InputError(f"{checkpoint.name} attends nowhere, and COCO's results are its attention; give another.")
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
    """Those of the import; what it does not number is numbered on from its largest number."""
    kept = whole(folder / NUMBERS, Numbers) if is_file(folder / NUMBERS) else Numbers()
    for held, names in ((kept.images, [each.image for each in written]), (kept.categories, queries)):
        number = max((each for each in held.values() if isinstance(each, int)), default=0)
        for name in names:
            if name not in held:
                number += 1
                held[name] = number
    return kept


def _inside(attention: Float[Tensor, "S S"], original: tuple[int, int], threshold: float) -> Bool[np.ndarray, "h w"]:
    """Where a map is large, without the borders around the picture and at the picture's own size."""
    left, top, width, height = fitted_box(original, attention.shape[0])
    picture = attention[None, None, top : top + height, left : left + width].float()
    resized = functional.interpolate(picture, size=(original[1], original[0]), mode="bilinear", align_corners=False)
    return np.asarray((resized >= threshold * resized.max())[0, 0].numpy())


def _box(mask: Bool[np.ndarray, "h w"]) -> list[int]:
    """Left, top, width and height of the pixels inside."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    left, top, right, bottom = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    return [int(left), int(top), int(right - left), int(bottom - top)]
