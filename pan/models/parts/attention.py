"""The attention function g_att, and the softmax over cells."""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn

from pan.models.attended import to_each_question


class Attention(nn.Module):
    """g_att of Fig. 5b: a two-layer perceptron on a cell's (2δ+1)² neighbourhood and the query (Eq. 2, 5).

    The first layer is linear in [F_ij ; q]. It is computed as a convolution of the map plus a linear map of the query,
    because the convolution, which costs most, does not depend on the query.

    Args:
        channels: C, the channels of the perceptron's input map.
        queries: D, the number of query words.
        hidden: Number of hidden units.
        context_radius: δ, in cells.
        embedding: Encodes each cell with its neighbourhood before the perceptron (Fig. 9b); by default the map is not
            encoded.
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
        """The attention scores s, always in float32."""
        context: Tensor = self.context(self.embedding(features.flatten(0, 1)))
        context = context.view(*features.shape[:2], *context.shape[1:])  # B P hidden H W
        asked = self.query(queries)[..., None, None]
        hidden = (to_each_question(context, queries.shape[1]) + asked).relu_()  # B Q hidden H W
        scores: Tensor = self.score(hidden.movedim(2, -1))
        return scores.squeeze(-1).float()


class CellSoftmax(nn.Module):
    """The softmax over all cells of a map, which gives α of a last layer (Eq. 2, 8).

    It is a module, as the sigmoid of a gate is, so that hooks of `pan.attention.hooks` can change its output.
    """

    def forward(self, scores: Float[Tensor, "B Q H W"]) -> Float[Tensor, "B Q H W"]:
        """α, which sums to 1 over the cells."""
        return scores.flatten(2).softmax(-1).view(scores.shape)
