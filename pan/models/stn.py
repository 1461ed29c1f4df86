"""Spatial transformer networks (Jaderberg et al., 2015): STN-S with one transform, STN-M with one per pool."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from pan.models.attended import attend
from pan.models.geometry import ReceptiveField
from pan.models.labels import LogProbabilities
from pan.models.network import Network
from pan.models.output import Output, View
from pan.models.parts.attention import Attention, CellSoftmax
from pan.models.parts.readouts import HardReadout


class Localization(nn.Module):
    """The localisation network of one transformer: a CNN, the query, and six numbers.

    It has the architecture of the classifying CNN with its own weights: either all stages, or those after the
    transformed map. The query scores the cells of its last map. A linear layer maps the expected position and the
    expected features under these scores (a spatial soft-argmax) to the transform. That layer starts at zero with the
    identity as its bias.

    Args:
        begins: Number of the stage whose map is its input; 0 for the image.
        field: Receptive field of the transformed map.
        stages: The CNN.
        attention: Scores the cells of its last map for a query.
        transform: Maps position and features to the six numbers of θ.
        answer: Classifier on the same scores, as at a gate; None for none.
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
        """θ, which maps coordinates of the view to coordinates of the map, both from −1 to 1; and the answer."""
        for stage in self.stages:
            features = stage(features)
        alpha = self.alpha(self.attention(features, queries))
        place = torch.stack([expected_place(alpha, -1), expected_place(alpha, -2)], -1)  # x, y
        expected = attend(alpha, features).sum((-2, -1))
        theta: Tensor = self.transform(torch.cat([place.to(expected.dtype), expected], -1))
        answer = (None, None) if self.answer is None else self.answer.read(alpha, features, queries)
        return theta.float().view(*theta.shape[:2], 2, 3), answer


class STN(Network):
    """A CNN with spatial transformers that depend on the query; it answers from the last view.

    Args:
        stages: The CNN, from the image up.
        localizations: The transformers by layer name, such as `att4`.
        classifier: Classifier on all cells of the last view.
    """

    def __init__(
        self, stages: Iterable[nn.Module], localizations: Mapping[str, Localization], classifier: nn.Linear
    ) -> None:
        super().__init__(stages)
        self.localizations = nn.ModuleDict(localizations)
        self.classifier = classifier

    def predict(self, features: Float[Tensor, "B 1 3 H W"], queries: Float[Tensor, "B Q D"]) -> Output:
        """Answers to all Q questions of each image (Fig. 5a); the features are the image itself."""
        image = features
        whole = torch.eye(2, 3, device=image.device).expand(*queries.shape[:2], 2, 3)
        views = []
        for pool, stage in enumerate(self.stages, start=1):
            features = stage(features)
            if f"att{pool}" in self.localizations:
                localization = cast("Localization", self.localizations[f"att{pool}"])
                theta, answer = localization(features if localization.begins == pool else image, queries)
                features = sample(features, theta)
                in_image, in_map = frames(localization.field, features.shape[-1], whole, image.shape[-1])
                view = compose(compose(whole, in_image), theta)
                whole = compose(view, in_map)
                views.append(View(pool, view, *answer))
        logits = self.classifier(features.flatten(2))
        return Output(logits.float().log_softmax(-1), (), views=tuple(views))


def sample(features: Float[Tensor, "B P C H W"], theta: Float[Tensor, "B Q 2 3"]) -> Float[Tensor, "B Q C H W"]:
    """The maps sampled under the transforms: bilinear, zero outside, in the features' precision."""
    maps = features.expand(-1, theta.shape[1], -1, -1, -1).flatten(0, 1)
    grid = functional.affine_grid(theta.flatten(0, 1), list(maps.shape), align_corners=False)
    sampled = functional.grid_sample(maps.float(), grid, align_corners=False)
    sampled = sampled.to(features.dtype, memory_format=torch.channels_last)  # grid_sample changes the layout
    return sampled.view(*theta.shape[:2], *maps.shape[1:])


def compose(
    outer: Float[Tensor, "B Q 2 3"], inner: Float[Tensor, "B Q 2 3"]
) -> Float[Tensor, "B Q 2 3"]:
    """The composition of two transforms: inner first."""
    turned = outer[..., :2] @ inner
    return torch.cat([turned[..., :2], turned[..., 2:] + outer[..., 2:]], -1)


def frames(
    field: ReceptiveField, cells: int, like: Float[Tensor, "B Q 2 3"], size: int
) -> tuple[Float[Tensor, "B Q 2 3"], Float[Tensor, "B Q 2 3"]]:
    """The transforms from map to image coordinates and back; the cells of a map need not tile the image.

    Args:
        field: Receptive field of the map.
        cells: Number of cells along a side of the map.
        like: Transforms with the wanted shape, type and device.
        size: Height and width of the image, in pixels.
    """
    first, last = field.extent(0, cells)
    scale, offset = (last - first) / size, (first + last) / size - 1
    along, shift = torch.eye(2, 2, device=like.device), torch.ones(2, 1, device=like.device)
    in_image = torch.cat([scale * along, offset * shift], 1)
    in_map = torch.cat([along / scale, -offset / scale * shift], 1)
    return in_image.expand_as(like), in_map.expand_as(like)


def expected_place(alpha: Float[Tensor, "B Q H W"], axis: int) -> Float[Tensor, "B Q"]:
    """Mean coordinate along an axis of a map that sums to one, from −1 to 1."""
    cells = alpha.shape[axis]
    places = (2 * torch.arange(cells, device=alpha.device) + 1) / cells - 1
    return (alpha.sum(-1 if axis == -2 else -2) * places).sum(-1)
