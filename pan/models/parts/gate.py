"""The gate: an attention layer between two stages of a CNN."""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn

from pan.models.geometry import ReceptiveField
from pan.models.output import Layer
from pan.models.parts.attention import Attention, CellSoftmax
from pan.models.parts.readouts import HardReadout


class Gate(nn.Module):
    """A layer of sigmoid attention, optionally with its own classifier.

    The classifier reads the map before the gate, weighted by the softmax of the gate's scores. It can be right only if
    the scores are highest on the queried object, so its loss trains the gate to select this object.

    Args:
        pool: Number of the stage below the gate.
        field: Position and receptive field of the cells of its map.
        attention: g_att, with or without local context.
        answer: The gate's classifier; None for a gate without one.
        reach: δ of its local context, in cells; 0 without context.
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
        """The attention layer l < L (Eq. 2); the next stage multiplies its features by α (Eq. 1)."""
        scores = self.attention(features, queries)
        alpha = self.alpha(scores)
        if self.answer is None:
            return Layer(self.pool, self.field, alpha, features, None, reach=self.reach)
        answer = self.answer.read(self.cells(scores), features, queries)
        reading = self.answer.read_cells(features, queries)
        return Layer(self.pool, self.field, alpha, features, *answer, reading, self.reach)
