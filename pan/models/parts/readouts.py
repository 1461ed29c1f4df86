"""Readouts: an answer from the attended features (soft), or from each cell separately (hard)."""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from pan.models.attended import attend
from pan.models.geometry import ReceptiveField
from pan.models.labels import CellReading, Labels, LogProbabilities, SingleLabel
from pan.models.output import Layer


class NoPrior(nn.Module):
    """No object-class prior: the classifier does not see the query."""

    def forward(self, features: Float[Tensor, "B P *cells C"], queries: Float[Tensor, "B Q D"]) -> Tensor:  # noqa: ARG002
        """The unchanged features."""
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
        """ReLU of a linear map of [f ; q], as a sum of two maps; for shared features, the first is computed once."""
        asked = self.query(queries)
        cells = (1,) * (features.ndim - 3)
        return functional.relu(self.feature(features) + asked.view(*asked.shape[:2], *cells, asked.shape[2]))


class Classifier(nn.Module):
    """g_cls: scores of the answer words from a feature vector, and from the query if there is a prior.

    Args:
        channels: C.
        answers: K, the number of answer words.
        labels: Single-label or multi-label answers; by default single-label.
        prior: The object-class prior; by default there is none.
    """

    def __init__(
        self, channels: int, answers: int, labels: Labels | None = None, prior: NoPrior | Prior | None = None
    ) -> None:
        super().__init__()
        self.labels = labels or SingleLabel()
        self.prior = prior or NoPrior()
        self.classifier = nn.Linear(channels, answers)

    def scores(self, features: Float[Tensor, "B P *cells C"], queries: Float[Tensor, "B Q D"]) -> Tensor:
        """Logits, `B P *cells K`; with a prior they depend on the question, so that P becomes Q."""
        logits: Tensor = self.classifier(self.prior(features, queries))
        return logits

    def read_cells(self, features: Float[Tensor, "B P C H W"], queries: Float[Tensor, "B Q D"]) -> CellReading | None:
        """The answer of each single cell, in training mode only; its gradient does not reach the features."""
        if not self.training:
            return None
        return self.labels.read_cells(self.scores(features.detach().movedim(2, -1), queries))


class SoftReadout(Classifier):
    """The answer read from the attended feature (Eq. 4, 9)."""

    def forward(
        self,
        pool: int,
        field: ReceptiveField,
        attention: Float[Tensor, "B Q H W"],
        features: Float[Tensor, "B P C H W"],
        queries: Float[Tensor, "B Q D"],
    ) -> Layer:
        """The output of the last layer of SAN and PAN."""
        attended = attend(attention, features)
        answer = self.labels.read(self.scores(attended.sum((-2, -1)), queries))
        return Layer(pool, field, attention, features, *answer, self.read_cells(features, queries))


class HardReadout(Classifier):
    """The answer of each cell, marginalised over the cells: log Σ_ij α_ij p(y | f_ij)."""

    def forward(
        self,
        pool: int,
        field: ReceptiveField,
        attention: Float[Tensor, "B Q H W"],
        features: Float[Tensor, "B P C H W"],
        queries: Float[Tensor, "B Q D"],
    ) -> Layer:
        """The output of the last layer of HAN."""
        answer = self.read(attention, features, queries)
        return Layer(pool, field, attention, features, *answer, self.read_cells(features, queries), hard=True)

    def read(
        self,
        attention: Float[Tensor, "B Q H W"],
        features: Float[Tensor, "B P C H W"],
        queries: Float[Tensor, "B Q D"],
    ) -> LogProbabilities:
        """The exact log marginal, for attention that sums to 1 over the cells."""
        return self.labels.marginalize(attention, self.scores(features.movedim(2, -1), queries))
