"""What `pan.load` returns: a trained network to use in a notebook."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps
from torch import nn

from pan.api.explanation import ShownExplanation
from pan.attention.surgery import NO_SURGERY, Surgery
from pan.checkpoints.file import Checkpoint, load_checkpoint
from pan.data.images import fit_image
from pan.data.opening import load_image, to_rgb
from pan.explaining.explain import explain
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.system.device import choose_device
from pan.system.errors import InputError

AnyImage = str | PathLike[str] | Image.Image | np.ndarray
"""A file, a Pillow image, or an array (H W 3) of uint8."""


class TrainedNetwork:
    """A trained network: its torch module, and what its checkpoint file says about it.

    Attributes:
        checkpoint: The module, the recipe, the task and the metrics.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint

    @property
    def module(self) -> nn.Module:
        """The torch module, in evaluation mode on its device.

        It takes images (B 3 S S) and queries (B Q D).
        """
        return self.checkpoint.model

    @property
    def task(self) -> Task:
        """The queries, the answers, and the size S of the images."""
        return self.checkpoint.task

    @property
    def recipe(self) -> Recipe:
        """How it was trained."""
        return self.checkpoint.recipe

    @property
    def metrics(self) -> dict[str, Any]:
        """Its measures as JSON values: `["test"]["accuracy"]` is the share of right answers."""
        return self.checkpoint.metrics

    def explain(self, image: AnyImage, query: str, surgery: Surgery | None = None) -> ShownExplanation:
        """Ask one question about an image, and see where the network looks.

        Args:
            image: A file, a Pillow image of any mode, or an array (H W 3) of uint8, of any size. It is scaled to fit
                the network's input with its aspect ratio kept, centred on black.
            query: One of `task.queries`.
            surgery: Changes to the attention, such as `Surgery({"att2": LayerEdit(strength=0.5)})`.

        Raises:
            InputError: If the image cannot be read, the query is not one of `task.queries`, or the surgery names a
                layer that the network does not have.
        """
        fitted = fit_image(_picture(image), self.task.image_size)
        answered = explain(self.checkpoint, fitted, query, NO_SURGERY if surgery is None else surgery)
        return ShownExplanation(**vars(answered))

    def __repr__(self) -> str:
        words = f"{len(self.task.queries)} queries, {len(self.task.answers)} answers"
        return f"<{self.checkpoint.name}: {self.recipe.model}, {words}>"


def load(name_or_path: str | PathLike[str], device: str = "auto") -> TrainedNetwork:
    """Load a trained network.

    Args:
        name_or_path: One of `pan.checkpoints()`, a `.safetensors` file, or a run's folder (its best weights).
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`; `auto` is a GPU where there is one.

    Raises:
        InputError: If there is no such network, its file is damaged, or there is no such device.
    """
    chosen = choose_device(device)
    checkpoint = load_checkpoint(fspath(name_or_path))
    checkpoint.model.to(chosen)
    return TrainedNetwork(checkpoint)


def _picture(image: object) -> Image.Image:
    if isinstance(image, str | PathLike):
        return load_image(Path(image))
    if isinstance(image, Image.Image):
        return to_rgb(ImageOps.exif_transpose(image))
    if not isinstance(image, np.ndarray):
        raise InputError(f"an image is a file, a Pillow image or an array, not a {type(image).__name__}; "
                         "convert it, for example by np.array(image, np.uint8).")  # fmt: skip
    if image.dtype == np.uint8 and image.ndim == 3 and image.shape[2] == 3 and image.size:
        return Image.fromarray(image)
    raise InputError(f"an array is taken as an image if it is H × W × 3 of uint8, not {image.shape} of {image.dtype}; "
                     "convert it, or give a file or a Pillow image.")  # fmt: skip
