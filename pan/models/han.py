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
    """A CNN whose answer is read from one cell of its last map, marginalised over the choice of the cell.

    With this few cells the sum over all choices is cheap, so nothing is sampled in training or in testing.
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
        """The last map alone."""
        return {len(self.stages): self.alpha}

    @property
    def shared(self) -> int:
        """All stages: the CNN runs once an image."""
        return len(self.stages)

    def ask(self, seen: Float[Tensor, "B 1 C H W"], queries: Float[Tensor, "B Q D"]) -> Output:
        """Answers to all Q questions of each image."""
        alpha = self.alpha(self.attention(seen, queries))  # p(cell | image, query), Eq. 7, 8
        last = self.answer(len(self.stages), self.field, alpha, seen, queries)  # log Σ_ij α_ij p(y | f_ij)
        return Output(last.log_probabilities, (last,), last.log_complements)
