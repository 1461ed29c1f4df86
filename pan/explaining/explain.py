"""What a network answers about an image and what it looked at, layer by layer, as plain numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from jaxtyping import Float, UInt8

from pan.attention.hooks import under_surgery
from pan.attention.maps import accumulate
from pan.attention.surgery import UNTOUCHED, Surgery
from pan.attention.views import outline, warp
from pan.checkpoints.file import Checkpoint
from pan.data.images import Fitted
from pan.explaining.batches import one_hot, to_network
from pan.models.geometry import ReceptiveField
from pan.models.output import Layer, View
from pan.system.device import to_device

Kind = Literal["sigmoid", "softmax", "probability"]


@dataclass(frozen=True, eq=False)
class LayerExplanation:
    """One attended layer.

    Attributes:
        name: `att1` to `att4`, by the pool it stands on.
        kind: How its attention is to be read: a gate's `sigmoid`, a last layer's `softmax`,
            or a hard last layer's `probability` that the answer is read from this cell.
        attention: α at its own resolution.
        accumulated: The product of all maps up to this layer, each sampled at the image's pixels; not rescaled.
        features: Magnitude of the features before attention, per cell.
        attended: The same after attention; the attention itself for a hard last layer, which attends no map.
        probabilities: The layer's own answers, None if it gives none.
        field: What one of its cells sees.
        context: What the attention at one of its cells sees.
    """

    name: str
    kind: Kind
    attention: Float[np.ndarray, "h w"]
    accumulated: Float[np.ndarray, "S S"]
    features: Float[np.ndarray, "h w"]
    attended: Float[np.ndarray, "h w"]
    probabilities: Float[np.ndarray, " K"] | None
    field: ReceptiveField
    context: ReceptiveField


@dataclass(frozen=True, eq=False)
class ViewExplanation:
    """What one spatial transformer turned to.

    Attributes:
        name: `att1` to `att4`, by the pool it stands on.
        outline: Corners of the part of the image it samples, as x and y in pixels, from its upper left clockwise.
        picture: The image as it sees it.
        probabilities: The answers of its localisation network, None if it gives none.
    """

    name: str
    outline: Float[np.ndarray, "4 2"]
    picture: UInt8[np.ndarray, "S S 3"]
    probabilities: Float[np.ndarray, " K"] | None


@dataclass(frozen=True, eq=False)
class Explanation:
    """One network's answer to one question about one image.

    Attributes:
        checkpoint: The checkpoint's name, as it was given.
        model: Name of its network, such as `pan-ctx`.
        image: What the network saw.
        query: The question.
        answers: The words that may be answered.
        probabilities: Their probabilities, in the same order.
        layers: The attended layers, lowest first; none in a network of spatial transformers.
        views: The views of its spatial transformers, lowest first.
        surgery: What was changed in the network's attention.
        several: Whether several answers may be right at once.
    """

    checkpoint: str
    model: str
    image: UInt8[np.ndarray, "S S 3"]
    query: str
    answers: tuple[str, ...]
    probabilities: Float[np.ndarray, " K"]
    layers: tuple[LayerExplanation, ...]
    views: tuple[ViewExplanation, ...] = ()
    surgery: Surgery = UNTOUCHED
    several: bool = False

    @property
    def answer(self) -> str:
        """The most probable word."""
        return self.answers[int(self.probabilities.argmax())]

    def layer(self, name: str) -> LayerExplanation | None:
        """The layer of that name, None where the network does not attend."""
        return next((layer for layer in self.layers if layer.name == name), None)


def explain(checkpoint: Checkpoint, image: Fitted, query: str, surgery: Surgery = UNTOUCHED) -> Explanation:
    """Ask one question.

    Args:
        checkpoint: A network.
        image: The image, fitted to the size of the network's task.
        query: One of its task's words.
        surgery: What is to be changed in the network's attention.

    Raises:
        InputError: If the query is not one of the task's words, or the surgery does not fit the network.
    """
    return explain_queries(checkpoint, image, [query], surgery)[0]


def explain_queries(
    checkpoint: Checkpoint, image: Fitted, queries: Sequence[str], surgery: Surgery = UNTOUCHED
) -> list[Explanation]:
    """Ask several questions about one image in one pass, all under the same surgery.

    Raises:
        InputError: If a query is not one of the task's words, or the surgery does not fit the network.
    """
    task = checkpoint.task
    asked = np.array([[task.query_index(query) for query in queries]])
    device = next(checkpoint.model.parameters()).device
    with torch.inference_mode(), under_surgery(checkpoint.model, surgery):
        output = checkpoint.model(to_network(to_device(image.pixels[None], device)),
                                  one_hot(to_device(asked, device), task))
        accumulated = [
            each[0].cpu().numpy()
            for each in accumulate(output.layers, task.image_size)
        ]
        probabilities = output.log_probabilities[0].exp().cpu().numpy()
    return [
        Explanation(
            checkpoint.name, checkpoint.recipe.model, image.pixels, query, task.answers, probabilities[number],
            tuple(
                _explain_layer(layer, maps[number], number, last=layer is output.layers[-1])
                for layer, maps in zip(output.layers, accumulated, strict=True)
            ),
            tuple(_explain_view(view, image.pixels, number) for view in output.views),
            surgery, task.several,
        )
        for number, query in enumerate(queries)
    ]  # fmt: skip


def _explain_layer(
    layer: Layer, accumulated: Float[np.ndarray, "S S"], number: int, *, last: bool
) -> LayerExplanation:
    attention = layer.attention[0, number].cpu().numpy()
    features = layer.features[0, number % layer.features.shape[1]]  # one map for all questions, or one for each
    return LayerExplanation(
        name=f"att{layer.pool}",
        kind="sigmoid" if not last else "softmax" if layer.attended is not None else "probability",
        attention=attention,
        accumulated=accumulated,
        features=_magnitude(features),
        attended=attention if layer.attended is None else _magnitude(layer.attended[0, number]),
        probabilities=None if layer.log_probabilities is None
        else layer.log_probabilities[0, number].exp().cpu().numpy(),
        field=layer.field,
        context=layer.context,
    )


def _explain_view(view: View, image: UInt8[np.ndarray, "S S 3"], number: int) -> ViewExplanation:
    transform = view.transform[0, number].cpu()
    return ViewExplanation(
        name=f"att{view.pool}",
        outline=outline(transform, len(image)).numpy(),
        picture=warp(torch.from_numpy(image), transform).numpy(),
        probabilities=None if view.log_probabilities is None
        else view.log_probabilities[0, number].exp().cpu().numpy(),
    )


def _magnitude(features: torch.Tensor) -> Float[np.ndarray, "h w"]:
    magnitude: Float[np.ndarray, "h w"] = features.float().norm(dim=0).cpu().numpy()
    return magnitude


def rescale(values: Float[np.ndarray, "h w"]) -> Float[np.ndarray, "h w"]:
    """(x − min) / (max − min), as every picture of Fig. 7 is; zeros where all values are the same."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def entropy(attention: Float[np.ndarray, "h w"]) -> float:
    """Entropy of a map taken as a distribution over its cells, in bits: 0 for a single cell."""
    shares = attention.ravel().astype(np.float64) / max(float(attention.sum()), 1e-30)
    shares = shares[shares > 0]
    return float(-(shares * np.log2(shares)).sum())
