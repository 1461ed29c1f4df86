"""Soft attention network (Xu et al., 2015; appendix A)."""

from __future__ import annotations

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor, nn

from pan.models.geometry import ReceptiveField
from pan.models.network import Network
from pan.models.output import Output
from pan.models.parts.attention import Attention, CellSoftmax
from pan.models.parts.gate import Gate
from pan.models.parts.readouts import SoftReadout


class SAN(Network):
    """A CNN with soft attention on its last map only."""

    def __init__(
        self, stages: Iterable[nn.Module], field: ReceptiveField, attention: Attention, answer: SoftReadout
    ) -> None:
        super().__init__(stages)
        self.field = field
        self.attention = attention
        self.alpha = CellSoftmax()
        self.answer = answer

    def attended(self) -> dict[int, Gate | CellSoftmax]:
        """The softmax of the last map."""
        return {len(self.stages): self.alpha}

    @property
    def shared(self) -> int:
        """All stages: the CNN runs once per image."""
        return len(self.stages)

    def predict(self, features: Float[Tensor, "B 1 C H W"], queries: Float[Tensor, "B Q D"]) -> Output:
        """Answers to all Q questions of each image."""
        alpha = self.alpha(self.attention(features, queries))  # Eq. 7, 8
        last = self.answer(len(self.stages), self.field, alpha, features, queries)  # Eq. 9
        return Output(last.log_probabilities, (last,), last.log_complements)
