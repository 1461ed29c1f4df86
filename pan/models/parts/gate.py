"""The attention layer that PAN puts between the stages of a CNN."""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn

from pan.models.geometry import ReceptiveField
from pan.models.output import Layer
from pan.models.parts.attention import Attention, CellSoftmax, attend
from pan.models.parts.readouts import HardReadout


class Gate(nn.Module):
    """A sigmoid attention layer between two stages, with an answer of its own if it is given one.

    The answer reads the map in front of the gate through the softmax of the gate's own scores: it can only be
    right where the scores are highest on the queried object, which is what teaches the gate to select.

    Args:
        pool: Number of the stage it stands on.
        field: Where the cells of its map lie in the image.
        attention: g_att, with or without local context.
        answer: Reads the answer; None for a gate without one.
        reach: δ of its local context, 0 without.
    """

    def __init__(
        self, pool: int, field: ReceptiveField, attention: Attention, answer: HardReadout | None, reach: int = 0
    ) -> None:
        super().__init__()
        self.pool = pool
        self.field = field
        self.attention = attention
        self.alpha = nn.Sigmoid()
        self.cells = CellSoftmax()
        self.answer = answer
        self.reach = reach

    def forward(self, features: Float[Tensor, "B P C H W"], queries: Float[Tensor, "B Q D"]) -> Layer:
        """Eq. 1 and 2 for l < L."""
        scores = self.attention(features, queries)
        alpha = self.alpha(scores)
        attended = attend(alpha, features)
        if self.answer is None:
            return Layer(self.pool, self.field, alpha, features, attended, None, reach=self.reach)
        answer = self.answer.read(self.cells(scores), features, queries)
        reading = self.answer.read_cells(features, queries)
        return Layer(self.pool, self.field, alpha, features, attended, *answer, reading, self.reach)
