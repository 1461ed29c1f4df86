"""The parts all networks share, and the one value they all return.

Dimensions: B images, Q questions of each, C channels, H × W cells of a feature map, D query words, K answers.
Feature maps are `B P C H W` with P = Q where they depend on the question and P = 1 where they do not,
so that what the questions of an image share is computed once.
"""

from __future__ import annotations

from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from pan.models.labels import Exclusive, Labels, Said


class Layer(NamedTuple):
    """What one attended layer saw and did.

    Attributes:
        pool: Number of the stage it stands on, which ends with a pooling; the layer is called `att{pool}`.
        attention: α, sigmoid for a gate, softmax over the cells for a last layer.
        features: f, the map before attention.
        attended: The map after attention (Eq. 1); None for a hard last layer, which has no such map.
        log_probabilities: The layer's own answers, None if it gives none.
        log_complements: Log of the probability that a word is not right, where several may be (`Said`).
    """

    pool: int
    attention: Float[Tensor, "B Q H W"]
    features: Float[Tensor, "B P C H W"]
    attended: Float[Tensor, "B Q C H W"] | None
    log_probabilities: Float[Tensor, "B Q K"] | None
    log_complements: Float[Tensor, "B Q K"] | None = None


class View(NamedTuple):
    """What a spatial transformer turned to.

    Attributes:
        pool: Number of the pooling layer it stands on.
        transform: From places in the view to places in the image, both from −1 to 1; earlier transforms included.
        log_probabilities: The answers of its localisation network, None if it gives none.
        log_complements: As of a layer.
    """

    pool: int
    transform: Float[Tensor, "B Q 2 3"]
    log_probabilities: Float[Tensor, "B Q K"] | None
    log_complements: Float[Tensor, "B Q K"] | None = None


class Output(NamedTuple):
    """What every network returns.

    Attributes:
        log_probabilities: The answers of the network.
        layers: Its attended layers, lowest first; none in a network of spatial transformers.
        log_complements: Log of the probability that a word is not right, where several may be (`Said`).
        views: The views of its spatial transformers, lowest first.
    """

    log_probabilities: Float[Tensor, "B Q K"]
    layers: tuple[Layer, ...]
    log_complements: Float[Tensor, "B Q K"] | None = None
    views: tuple[View, ...] = ()


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

    Args:
        channels: C of what the perceptron sees.
        queries: D.
        hidden: Its hidden units.
        context_radius: δ.
        embedding: Encodes the map, each cell with its neighbourhood, for the perceptron (Fig. 9b); by default it
            sees the map itself.
    """

    def __init__(
        self, channels: int, queries: int, *, hidden: int, context_radius: int, embedding: nn.Module | None = None
    ) -> None:
        super().__init__()
        self.embedding = embedding or nn.Identity()
        self.context = nn.Conv2d(channels, hidden, 2 * context_radius + 1, padding=context_radius, bias=False)
        self.query = nn.Linear(queries, hidden)
        self.score = nn.Linear(hidden, 1)

    def forward(
        self, features: Float[Tensor, "B P C H W"], queries: Float[Tensor, "B Q D"]
    ) -> Float[Tensor, "B Q H W"]:
        """Attention scores s, in float32 whatever the features are."""
        context: Tensor = self.context(self.embedding(features.flatten(0, 1)))
        context = context.view(*features.shape[:2], *context.shape[1:])  # B P hidden H W
        hidden = functional.relu(context + self.query(queries)[..., None, None])  # B Q hidden H W
        scores: Tensor = self.score(hidden.movedim(2, -1))
        return scores.squeeze(-1).float()


class NoPrior(nn.Module):
    """Answers from what was attended alone; the query decided only where that was."""

    def forward(self, features: Float[Tensor, "B P *cells C"], queries: Float[Tensor, "B Q D"]) -> Tensor:  # noqa: ARG002
        """The features as they are."""
        return features


class Prior(nn.Module):
    """The object-class prior: the query is fused with the feature once more by a fully connected layer (appendix B)."""

    def __init__(self, channels: int, queries: int) -> None:
        super().__init__()
        self.feature = nn.Linear(channels, channels)
        self.query = nn.Linear(queries, channels, bias=False)

    def forward(
        self, features: Float[Tensor, "B P *cells C"], queries: Float[Tensor, "B Q D"]
    ) -> Float[Tensor, "B Q *cells C"]:
        """ReLU of one linear map of [f ; q], taken apart: the feature's part is shared where features are."""
        asked = self.query(queries)
        cells = (1,) * (features.ndim - 3)
        return functional.relu(self.feature(features) + asked.view(*asked.shape[:2], *cells, asked.shape[2]))


class SoftAnswer(nn.Module):
    """The answer read from the attended feature (Eq. 4, 9).

    Args:
        channels: C.
        answers: K.
        labels: Whether one word is right or several may be.
        prior: Whether and how the query is told to the classifier.
    """

    def __init__(
        self, channels: int, answers: int, labels: Labels | None = None, prior: NoPrior | Prior | None = None
    ) -> None:
        super().__init__()
        self.labels = labels or Exclusive()
        self.prior = prior or NoPrior()
        self.classifier = nn.Linear(channels, answers)

    def forward(
        self,
        pool: int,
        attention: Float[Tensor, "B Q H W"],
        features: Float[Tensor, "B P C H W"],
        queries: Float[Tensor, "B Q D"],
    ) -> Layer:
        """The last layer of SAN and PAN."""
        attended = attend(attention, features)
        fused = self.prior(attended.sum((-2, -1)), queries)
        return Layer(pool, attention, features, attended, *self.labels.read(self.classifier(fused)))


class MarginalAnswer(nn.Module):
    """The answer read from each cell alone, marginalised over the cells: log Σ_ij α_ij p(y | f_ij).

    Args:
        channels: C.
        answers: K.
        labels: Whether one word is right or several may be.
        prior: Whether and how the query is told to the classifier.
    """

    def __init__(
        self, channels: int, answers: int, labels: Labels | None = None, prior: NoPrior | Prior | None = None
    ) -> None:
        super().__init__()
        self.labels = labels or Exclusive()
        self.prior = prior or NoPrior()
        self.classifier = nn.Linear(channels, answers)

    def forward(
        self,
        pool: int,
        attention: Float[Tensor, "B Q H W"],
        features: Float[Tensor, "B P C H W"],
        queries: Float[Tensor, "B Q D"],
    ) -> Layer:
        """The last layer of HAN."""
        return Layer(pool, attention, features, None, *self.say(attention, features, queries))

    def say(
        self,
        attention: Float[Tensor, "B Q H W"],
        features: Float[Tensor, "B P C H W"],
        queries: Float[Tensor, "B Q D"],
    ) -> Said:
        """The exact log marginal, for attention that sums to one."""
        fused = self.prior(features.movedim(2, -1), queries)  # B P H W C, with a prior B Q H W C
        return self.labels.marginalize(attention, self.classifier(fused))


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
        said: Said | tuple[None, None] = (None, None)
        if self.answer is not None:
            said = self.answer.say(self.cells(scores), features, queries)
        return Layer(self.pool, alpha, features, attend(alpha, features), *said)


def attend(
    attention: Float[Tensor, "B Q H W"], features: Float[Tensor, "B P C H W"]
) -> Float[Tensor, "B Q C H W"]:
    """α_ij f_ij (Eq. 1), in the features' precision."""
    return attention.unsqueeze(2).to(features.dtype) * features
