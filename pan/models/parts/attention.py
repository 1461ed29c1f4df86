"""g_att: where a query looks on a feature map, and what comes of looking there."""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn

from pan.models.parts.sharing import to_each_question


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
        asked = self.query(queries)[..., None, None]
        hidden = (to_each_question(context, queries.shape[1]) + asked).relu_()  # B Q hidden H W
        scores: Tensor = self.score(hidden.movedim(2, -1))
        return scores.squeeze(-1).float()


class CellSoftmax(nn.Module):
    """From scores to the α of a last layer, which sums to one over the cells of a map (Eq. 2, 8)."""

    def forward(self, scores: Float[Tensor, "B Q H W"]) -> Float[Tensor, "B Q H W"]:
        """A step of its own, as a gate's sigmoid is, so that `pan.attention.hooks` can change what comes of it."""
        return scores.flatten(2).softmax(-1).view(scores.shape)


def attend(
    attention: Float[Tensor, "B Q H W"], features: Float[Tensor, "B P C H W"]
) -> Float[Tensor, "B Q C H W"]:
    """α_ij f_ij (Eq. 1), in the features' precision."""
    return attention.unsqueeze(2).to(features.dtype) * to_each_question(features, attention.shape[1])
