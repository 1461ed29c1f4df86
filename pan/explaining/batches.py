"""Inference over a set of questions, in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float, Int, UInt8
from torch import Tensor, nn
from torch.nn import functional

from pan.data.questions import Questions
from pan.models.output import Layer, Output, View
from pan.recipes.task import Task
from pan.system.device import autocast, to_device

IMAGES_PER_BATCH = 8  # of 100 × 100 pixels: their feature maps fit into the CPU's cache
IMAGES_PER_BATCH_ON_GPU = 64
QUESTIONS_PER_IMAGE = 16
"""A batch of B images has at most B times as many questions; an image with more is answered in several batches."""


class Answered(NamedTuple):
    """A batch of questions with the network's output.

    Attributes:
        rows: The questions' indices in the set, one list an image, padded by repetition to the longest list.
        real: False for padding.
        output: The network's output for them, in float32.
    """

    rows: Int[np.ndarray, "B Q"]
    real: Bool[np.ndarray, "B Q"]
    output: Output


def to_network(images: UInt8[Tensor, "B S S 3"]) -> Float[Tensor, "B 3 S S"]:
    """Convert bytes to the network's input: values from 0 to 1, still channels-last in memory."""
    return images.permute(0, 3, 1, 2).float() / 255


def one_hot(queries: Int[Tensor, "B Q"], task: Task) -> Float[Tensor, "B Q D"]:
    """Convert query indices to the network's input."""
    return functional.one_hot(queries, len(task.queries)).float()


def answer_all(
    model: nn.Module, questions: Questions, task: Task, device: torch.device, precision: torch.dtype
) -> Iterator[Answered]:
    """Answer every question of the set once. The batches come sorted by the number of questions per image.

    The model is put in evaluation mode.
    """
    model.eval()
    size = IMAGES_PER_BATCH if device.type == "cpu" else IMAGES_PER_BATCH_ON_GPU
    size = max(1, min(size, size * 100**2 // task.image_size**2))
    for own in _batches(questions.rows, size):
        longest = len(own[-1])
        rows = np.stack([np.resize(each, longest) for each in own])
        real = np.arange(longest) < np.array([len(each) for each in own])[:, None]
        numbers = questions.image[rows[:, 0]]
        with torch.inference_mode(), autocast(device, precision):
            images, queries = to_device(questions.images[numbers], device), to_device(questions.query[rows], device)
            output = model(to_network(images), one_hot(queries, task))
        yield Answered(rows, real, output)


def _batches(
    rows: Sequence[Int[np.ndarray, " _"]], images: int
) -> Iterator[list[Int[np.ndarray, " _"]]]:
    """Batches of images with similar numbers of questions, so that there is little padding.

    An image with more questions than fit into a batch is split over batches of its own.
    """
    most = QUESTIONS_PER_IMAGE * images
    batch: list[Int[np.ndarray, " _"]] = []
    for own in sorted(filter(len, rows), key=len):
        if batch and (len(batch) == images or (len(batch) + 1) * len(own) > most):
            yield batch
            batch = []
        if len(own) > most:
            yield from ([part] for part in np.split(own, range(most, len(own), most)))
        else:
            batch.append(own)
    if batch:
        yield batch


def top_is_right(
    log_probabilities: Float[Tensor, "B Q K"], right: Bool[Tensor, "B Q K"]
) -> Bool[Tensor, "B Q"]:
    """Whether the most probable answer is right, alone or among several."""
    return right.gather(-1, log_probabilities.argmax(-1, keepdim=True))[..., 0]


def right_by_layer(output: Output, right: Bool[Tensor, "B Q K"]) -> Float[Tensor, "L B Q"]:
    """1 where the answer of an attended layer or a view is right, 0 where it is wrong, NaN where it gives none."""
    layers: tuple[Layer | View, ...] = (*output.layers, *output.views)
    by_layer = torch.full((len(layers), *right.shape[:2]), torch.nan, device=right.device)
    for number, layer in enumerate(layers):
        if layer.log_probabilities is not None:
            by_layer[number] = top_is_right(layer.log_probabilities, right)
    return by_layer
