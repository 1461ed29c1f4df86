"""Hard attention network, trained on the exact marginal likelihood (section 4.1, appendix B)."""

from __future__ import annotations

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor, nn

from pan.models.geometry import ReceptiveField
from pan.models.network import Network
from pan.models.output import Output
from pan.models.parts.attention import Attention, CellSoftmax
from pan.models.parts.gate import Gate
from pan.models.parts.readouts import HardReadout


class HAN(Network):
    """A CNN whose answer is read from one cell of its last map, marginalised over the cells.

    The map has few cells, so the sum over all of them is cheap, and no cell is sampled in training or testing.
    """

    def __init__(
        self, stages: Iterable[nn.Module], field: ReceptiveField, attention: Attention, answer: HardReadout
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
        alpha = self.alpha(self.attention(features, queries))  # p(cell | image, query), Eq. 7, 8
        last = self.answer(len(self.stages), self.field, alpha, features, queries)  # log Σ_ij α_ij p(y | f_ij)
        return Output(last.log_probabilities, (last,), last.log_complements)
