"""The parts all networks share, and the one value they all return.

Dimensions: B images, Q questions of each, C channels, H × W cells of a feature map, D query words, K answers.
Feature maps are `B P C H W` with P = Q where they depend on the question and P = 1 where they do not,
so that what the questions of an image share is computed once.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional


class Layer(NamedTuple):
    """What one attended layer saw and did.

    Attributes:
        pool: Number of the pooling layer it stands on; the layer is called `att{pool}`.
        attention: α, sigmoid for a gate, softmax over the cells for a last layer.
        features: f, the map before attention.
        attended: The map after attention (Eq. 1); None for a hard last layer, which has no such map.
        log_probabilities: The layer's own answers, None if it gives none.
    """

    pool: int
    attention: Float[Tensor, "B Q H W"]
    features: Float[Tensor, "B P C H W"]
    attended: Float[Tensor, "B Q C H W"] | None
    log_probabilities: Float[Tensor, "B Q K"] | None


class Output(NamedTuple):
    """What every network returns.

    Attributes:
        log_probabilities: The answers of the network.
        layers: Its attended layers, lowest first.
    """

    log_probabilities: Float[Tensor, "B Q K"]
    layers: tuple[Layer, ...]


class ConvStage(nn.Module):
    """One stack of Fig. 5a: 3×3 convolution, ReLU, 2×2 max pooling, on normalised input if asked."""

    def __init__(self, in_channels: int, out_channels: int, *, padding: int, normalize: bool) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(in_channels) if normalize else nn.Identity()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, padding=padding)

    def forward(self, features: Float[Tensor, "B P C H W"]) -> Float[Tensor, "B P C2 H2 W2"]:
        """g_CNN of Eq. 3."""
        maps: Tensor = self.conv(self.norm(features.flatten(0, 1)))
        maps = functional.relu(functional.max_pool2d(maps, 2))  # in this order there is less to rectify
        return maps.view(*features.shape[:2], *maps.shape[1:])


class Attention(nn.Module):
    """g_att of Fig. 5b: a two-layer perceptron on a cell's (2δ+1)² neighbourhood and the query (Eq. 2, 5).

    The first layer is linear in [F_ij ; q], hence a convolution of the map plus a linear map of the query:
    the convolution, by far the greater part, does not depend on the query.
    """

    def __init__(self, channels: int, queries: int, *, hidden: int, context_radius: int) -> None:
        super().__init__()
        self.context = nn.Conv2d(channels, hidden, 2 * context_radius + 1, padding=context_radius, bias=False)
        self.query = nn.Linear(queries, hidden)
        self.score = nn.Linear(hidden, 1)

    def forward(
        self, features: Float[Tensor, "B P C H W"], queries: Float[Tensor, "B Q D"]
    ) -> Float[Tensor, "B Q H W"]:
        """Attention scores s, in float32 whatever the features are."""
        context: Tensor = self.context(features.flatten(0, 1))
        context = context.view(*features.shape[:2], *context.shape[1:])  # B P hidden H W
        hidden = functional.relu(context + self.query(queries)[..., None, None])  # B Q hidden H W
        scores: Tensor = self.score(hidden.movedim(2, -1))
        return scores.squeeze(-1).float()


class SoftAnswer(nn.Module):
    """The answer read from the attended feature (Eq. 4, 9)."""

    def __init__(self, channels: int, answers: int) -> None:
        super().__init__()
        self.classifier = nn.Linear(channels, answers)

    def forward(self, pool: int, attention: Float[Tensor, "B Q H W"], features: Float[Tensor, "B P C H W"]) -> Layer:
        """The last layer of SAN and PAN."""
        attended = attend(attention, features)
        logits = self.classifier(attended.sum((-2, -1)))
        return Layer(pool, attention, features, attended, logits.float().log_softmax(-1))


class MarginalAnswer(nn.Module):
    """The answer read from each cell alone, marginalised over the cells: log Σ_ij α_ij p(y | f_ij)."""

    def __init__(self, channels: int, answers: int) -> None:
        super().__init__()
        self.classifier = nn.Linear(channels, answers)

    def forward(self, pool: int, attention: Float[Tensor, "B Q H W"], features: Float[Tensor, "B P C H W"]) -> Layer:
        """The last layer of HAN."""
        return Layer(pool, attention, features, None, self.log_probabilities(attention, features))

    def log_probabilities(
        self, attention: Float[Tensor, "B Q H W"], features: Float[Tensor, "B P C H W"]
    ) -> Float[Tensor, "B Q K"]:
        """The exact log marginal, for attention that sums to one."""
        cells = self.classifier(features.movedim(2, -1)).float().softmax(-1)  # B P H W K
        marginal: Tensor = (attention.unsqueeze(-1) * cells).sum((2, 3))  # no matrix product: autocast would round it
        return marginal.clamp_min(torch.finfo(marginal.dtype).tiny).log()


class CellSoftmax(nn.Module):
    """From scores to the α of a last layer, which sums to one over the cells of a map (Eq. 2, 8)."""

    def forward(self, scores: Float[Tensor, "B Q H W"]) -> Float[Tensor, "B Q H W"]:
        """A step of its own, as a gate's sigmoid is, so that `pan.under_surgery` can change what comes of it."""
        return scores.flatten(2).softmax(-1).view(scores.shape)


class Gate(nn.Module):
    """A sigmoid attention layer between two stages, with an answer of its own if it is given one.

    The answer reads the map in front of the gate through the softmax of the gate's own scores: it can only be
    right where the scores are highest on the queried object, which is what teaches the gate to select.
    """

    def __init__(self, pool: int, attention: Attention, answer: MarginalAnswer | None) -> None:
        super().__init__()
        self.pool = pool
        self.attention = attention
        self.alpha = nn.Sigmoid()
        self.cells = CellSoftmax()
        self.answer = answer

    def forward(self, features: Float[Tensor, "B P C H W"], queries: Float[Tensor, "B Q D"]) -> Layer:
        """Eq. 1 and 2 for l < L."""
        scores = self.attention(features, queries)
        alpha = self.alpha(scores)
        answer = None
        if self.answer is not None:
            answer = self.answer.log_probabilities(self.cells(scores), features)
        return Layer(self.pool, alpha, features, attend(alpha, features), answer)


def attend(
    attention: Float[Tensor, "B Q H W"], features: Float[Tensor, "B P C H W"]
) -> Float[Tensor, "B Q C H W"]:
    """α_ij f_ij (Eq. 1), in the features' precision."""
    return attention.unsqueeze(2).to(features.dtype) * features
