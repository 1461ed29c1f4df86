"""Spatial transformer networks (Jaderberg et al., 2015): STN-S with one transform, STN-M with one at every pool."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from pan.models.geometry import ReceptiveField
from pan.models.labels import LogProbabilities
from pan.models.network import Network
from pan.models.output import Output, View
from pan.models.parts.attention import Attention, CellSoftmax, attend
from pan.models.parts.readouts import HardReadout


class Localization(nn.Module):
    """The localisation network of one transformer: a CNN, the query, and six numbers.

    It is the classifying CNN over again, with weights of its own: all of it, from the image on, or what follows the
    map that is transformed. The query scores the cells of its last
    map, and a linear layer turns the expected place and the expected features under these scores (a spatial
    soft-argmax) into the transform. That layer starts at zero with the identity as its bias.

    Args:
        begins: Number of the stage whose map it reads; 0 for the image.
        field: Of the map that is transformed.
        stages: The CNN.
        attention: Scores the cells of its last map for a query.
        transform: From place and features to the six numbers of θ.
        answer: Reads an answer through the same scores, as at a gate; None for none.
    """

    def __init__(
        self,
        begins: int,
        field: ReceptiveField,
        stages: Iterable[nn.Module],
        attention: Attention,
        transform: nn.Linear,
        answer: HardReadout | None,
    ) -> None:
        super().__init__()
        self.begins = begins
        self.field = field
        self.stages = nn.ModuleList(stages)
        self.attention = attention
        self.alpha = CellSoftmax()
        self.transform = transform
        self.answer = answer

    def forward(
        self, features: Float[Tensor, "B P C H W"], queries: Float[Tensor, "B Q D"]
    ) -> tuple[Float[Tensor, "B Q 2 3"], LogProbabilities | tuple[None, None]]:
        """θ, which leads from places in the view to places in the map, both from −1 to 1; and the answer."""
        for stage in self.stages:
            features = stage(features)
        alpha = self.alpha(self.attention(features, queries))
        place = torch.stack([expected_place(alpha, -1), expected_place(alpha, -2)], -1)  # x, y
        expected = attend(alpha, features).sum((-2, -1))
        theta: Tensor = self.transform(torch.cat([place.to(expected.dtype), expected], -1))
        said = (None, None) if self.answer is None else self.answer.read(alpha, features, queries)
        return theta.float().view(*theta.shape[:2], 2, 3), said


class STN(Network):
    """A CNN that turns, at some of its maps, to a part that the query chooses, and answers from the last view.

    Args:
        stages: The CNN, from the image up.
        localizations: The transformers, each under the name of the pool it stands on, such as `att4`.
        classifier: Reads the answer from all cells of the last view.
    """

    def __init__(
        self, stages: Iterable[nn.Module], localizations: Mapping[str, Localization], classifier: nn.Linear
    ) -> None:
        super().__init__(stages)
        self.localizations = nn.ModuleDict(localizations)
        self.classifier = classifier

    def ask(self, seen: Float[Tensor, "B 1 3 H W"], queries: Float[Tensor, "B Q D"]) -> Output:
        """Answers to all Q questions of each image (Fig. 5a); what it sees is the image itself."""
        features = image = seen
        whole = torch.eye(2, 3, device=image.device).expand(*queries.shape[:2], 2, 3)
        views = []
        for pool, stage in enumerate(self.stages, start=1):
            features = stage(features)
            if f"att{pool}" in self.localizations:
                localization = cast("Localization", self.localizations[f"att{pool}"])
                theta, said = localization(features if localization.begins == pool else image, queries)
                features = sample(features, theta)
                in_image, in_map = frames(localization.field, features.shape[-1], whole, image.shape[-1])
                view = compose(compose(whole, in_image), theta)
                whole = compose(view, in_map)
                views.append(View(pool, view, *said))
        logits = self.classifier(features.flatten(2))
        return Output(logits.float().log_softmax(-1), (), views=tuple(views))


def sample(features: Float[Tensor, "B P C H W"], theta: Float[Tensor, "B Q 2 3"]) -> Float[Tensor, "B Q C H W"]:
    """The maps as the transforms see them: bilinear, nothing outside, in the features' precision."""
    maps = features.expand(-1, theta.shape[1], -1, -1, -1).flatten(0, 1)
    grid = functional.affine_grid(theta.flatten(0, 1), list(maps.shape), align_corners=False)
    seen = functional.grid_sample(maps.float(), grid, align_corners=False)
    seen = seen.to(features.dtype, memory_format=torch.channels_last)  # as all maps are; sampling gives another layout
    return seen.view(*theta.shape[:2], *maps.shape[1:])


def compose(
    outer: Float[Tensor, "B Q 2 3"], inner: Float[Tensor, "B Q 2 3"]
) -> Float[Tensor, "B Q 2 3"]:
    """First the inner transform, then the outer."""
    turned = outer[..., :2] @ inner
    return torch.cat([turned[..., :2], turned[..., 2:] + outer[..., 2:]], -1)


def frames(
    field: ReceptiveField, cells: int, like: Float[Tensor, "B Q 2 3"], size: int
) -> tuple[Float[Tensor, "B Q 2 3"], Float[Tensor, "B Q 2 3"]]:
    """The transforms from places of a map to places of the image, and back: a map's cells need not tile the image.

    Args:
        field: Of the map.
        cells: Along a side of the map.
        like: Transforms of the wanted kind.
        size: Height and width of the image, in pixels.
    """
    first, last = field.extent(0, cells)
    scale, offset = (last - first) / size, (first + last) / size - 1
    along, shift = torch.eye(2, 2, device=like.device), torch.ones(2, 1, device=like.device)
    in_image = torch.cat([scale * along, offset * shift], 1)
    in_map = torch.cat([along / scale, -offset / scale * shift], 1)
    return in_image.expand_as(like), in_map.expand_as(like)


def expected_place(alpha: Float[Tensor, "B Q H W"], axis: int) -> Float[Tensor, "B Q"]:
    """Mean place along an axis of a map that sums to one, from −1 to 1."""
    cells = alpha.shape[axis]
    places = (2 * torch.arange(cells, device=alpha.device) + 1) / cells - 1
    return (alpha.sum(-1 if axis == -2 else -2) * places).sum(-1)
