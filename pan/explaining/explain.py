"""Explanations: a network's answer about an image with its attention at each layer, as NumPy arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from jaxtyping import Float, UInt8

from pan.attention.hooks import under_surgery
from pan.attention.maps import accumulate
from pan.attention.surgery import NO_SURGERY, Surgery
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
        name: `att1` to `att4`, by the number of its pooling layer.
        kind: `sigmoid` for a gate, `softmax` for a last layer, or `probability` for a hard last layer: the probability
            that the answer is read from the cell.
        attention: α at the layer's resolution.
        accumulated: The product of all maps up to this layer, each sampled at the image's pixels; not rescaled.
        features: Norm of the feature vector before attention, per cell.
        attended: The same after attention; for a hard last layer, which has no attended map, the attention.
        probabilities: The layer's own answer, None if it gives none.
        field: The receptive field of a cell.
        context: The receptive field of the attention at a cell.
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
    """The view of one spatial transformer: the part of the image that it samples.

    Attributes:
        name: `att1` to `att4`, by the number of its pooling layer.
        outline: Corners of the sampled part, as x and y in pixels, clockwise from its upper left.
        picture: The image after the transform.
        probabilities: The answer of its localisation network, None if it gives none.
    """

    name: str
    outline: Float[np.ndarray, "4 2"]
    picture: UInt8[np.ndarray, "S S 3"]
    probabilities: Float[np.ndarray, " K"] | None


@dataclass(frozen=True, eq=False)
class Explanation:
    """One network's answer to one question about one image.

    Attributes:
        checkpoint: The checkpoint's name, as the caller gave it.
        model: The name of its network, such as `pan-ctx`.
        image: The network's input.
        query: The query.
        answers: The answers of the task.
        probabilities: Their probabilities, in the same order.
        layers: The attended layers, lowest first; none for a spatial transformer network.
        views: The views of its spatial transformers, lowest first.
        surgery: The changes to the network's attention.
        several: Whether several answers may be right at once (multi-label).
    """

    checkpoint: str
    model: str
    image: UInt8[np.ndarray, "S S 3"]
    query: str
    answers: tuple[str, ...]
    probabilities: Float[np.ndarray, " K"]
    layers: tuple[LayerExplanation, ...]
    views: tuple[ViewExplanation, ...] = ()
    surgery: Surgery = NO_SURGERY
    several: bool = False

    @property
    def answer(self) -> str:
        """The most probable answer."""
        return self.answers[int(self.probabilities.argmax())]

    def layer(self, name: str) -> LayerExplanation | None:
        """The attended layer of that name, None if there is none."""
        return next((layer for layer in self.layers if layer.name == name), None)


def explain(checkpoint: Checkpoint, image: Fitted, query: str, surgery: Surgery = NO_SURGERY) -> Explanation:
    """Ask one question.

    Args:
        checkpoint: The network.
        image: The image, fitted to the task's image size.
        query: One of the task's queries.
        surgery: Changes to the network's attention.

    Raises:
        InputError: If the query is not one of the task's, or the surgery names a layer or cell that does not exist.
    """
    return explain_queries(checkpoint, image, [query], surgery)[0]


def encode(checkpoint: Checkpoint, image: Fitted) -> Float[torch.Tensor, "1 1 C H W"]:
    """The features of an image that all queries share, for use in several calls of `explain_queries`."""
    device = next(checkpoint.model.parameters()).device
    with torch.inference_mode():
        return checkpoint.model.encode(to_network(to_device(image.pixels[None], device)))


def explain_queries(
    checkpoint: Checkpoint,
    image: Fitted,
    queries: Sequence[str],
    surgery: Surgery = NO_SURGERY,
    features: Float[torch.Tensor, "1 1 C H W"] | None = None,
) -> list[Explanation]:
    """Ask several questions about one image in one pass, all under the same surgery.

    Args:
        checkpoint: A network.
        image: The image, fitted to the size of the network's task.
        queries: Words of its task.
        surgery: What is to be changed in the network's attention.
        features: Result of `encode` for the image; computed if not given.

    Raises:
        InputError: If a query is not one of the task's words, or the surgery does not fit the network.
    """
    task = checkpoint.task
    asked = np.array([[task.query_index(query) for query in queries]])
    features = encode(checkpoint, image) if features is None else features
    with torch.inference_mode(), under_surgery(checkpoint.model, surgery):
        output = checkpoint.model.predict(features, one_hot(to_device(asked, features.device), task))
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
    features = _magnitude(layer.features[0, number % layer.features.shape[1]])  # one for all questions, or one for each
    return LayerExplanation(
        name=f"att{layer.pool}",
        kind="sigmoid" if not last else "probability" if layer.hard else "softmax",
        attention=attention,
        accumulated=accumulated,
        features=features,
        attended=attention if layer.hard else attention * features,  # |α f| = α |f|
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
    """(x − min) / (max − min), as in Fig. 7; zeros if all values are equal."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def entropy(attention: Float[np.ndarray, "h w"]) -> float:
    """Entropy of a map as a distribution over its cells, in bits: 0 if all mass is in one cell."""
    shares = attention.ravel().astype(np.float64) / max(float(attention.sum()), 1e-30)
    shares = shares[shares > 0]
    return float(-(shares * np.log2(shares)).sum())
