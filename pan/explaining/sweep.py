"""Scale sweep: the probability of the right answer with one object of a scene at many scales (cf. Fig. 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float
from PIL import Image

from pan.attention.maps import accumulate
from pan.checkpoints.file import Checkpoint
from pan.data.composer.composition import Composition
from pan.data.composer.drawing import draw, known
from pan.data.composer.variations import at_scales
from pan.data.images import fit_image
from pan.data.masks import fit_mask
from pan.explaining.batches import IMAGES_PER_BATCH, one_hot, to_network
from pan.system.device import to_device
from pan.system.errors import InputError


class SweptScene(NamedTuple):
    """One scene of a sweep.

    Attributes:
        probability: The probability of the right answer, of several their mean.
        attention: The product of all maps; None for a network without attention.
        mask: The queried object; None if it is hidden or its question has no single answer.
    """

    probability: float
    attention: Float[np.ndarray, "S S"] | None
    mask: Bool[np.ndarray, "S S"] | None


def sweep_scale(
    checkpoint: Checkpoint, composition: Composition, place: int, scales: Float[np.ndarray, " n"]
) -> Float[np.ndarray, " n"]:
    """The probability of the right answer, or the mean of several, with one object of a scene at each of the scales.

    Raises:
        InputError: If the network has no such query or answer.
    """
    batches = sweep_in_batches(checkpoint, at_scales(composition, place, scales), place)
    return np.array([scene.probability for batch in batches for scene in batch])


def sweep_in_batches(
    checkpoint: Checkpoint, series: Sequence[Composition], place: int
) -> Iterator[list[SweptScene]]:
    """The same for a series of scenes, in small batches between which the caller may do other work.

    Each scene comes with the network's attention.

    Raises:
        InputError: As `sweep_scale`.
    """
    task, swept = checkpoint.task, series[0].placed[place]
    if unknown := [word for word in swept.answers if word not in task.answers]:
        raise InputError(f"{checkpoint.name} cannot answer “{unknown[0]}”, only {', '.join(task.answers)}.")
    query, right = task.query_index(swept.query), [task.answers.index(word) for word in swept.answers]
    device = next(checkpoint.model.parameters()).device
    for start in range(0, len(series), IMAGES_PER_BATCH):
        compositions = series[start : start + IMAGES_PER_BATCH]
        scenes = [draw(each) for each in compositions]
        images = np.stack([fit_image(Image.fromarray(scene.image), task.image_size).pixels for scene in scenes])
        asked = np.full((len(images), 1), query)
        with torch.inference_mode():
            output = checkpoint.model(to_network(to_device(images, device)), one_hot(to_device(asked, device), task))
            maps = accumulate(output.layers, task.image_size)
        probabilities = output.log_probabilities[:, 0, right].exp().mean(-1).tolist()
        attention = maps[-1][:, 0].cpu().numpy() if maps else [None] * len(scenes)
        truths = [{each.query: each.mask for each in known(*drawn)}.get(swept.query)
                  for drawn in zip(compositions, scenes, strict=True)]
        masks = [None if mask is None else fit_mask(mask, task.image_size) for mask in truths]
        yield [SweptScene(*scene) for scene in zip(probabilities, attention, masks, strict=True)]
