"""Where attention lies: on the queried object, on the image's other objects, or elsewhere."""

from __future__ import annotations

from typing import NamedTuple

import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional

from pan.attention.maps import true_positive_ratio
from pan.models.geometry import ReceptiveField, spread


def nearest_ratio(attention: Float[Tensor, "1 N h w"], masks: Bool[Tensor, "1 N S S"]) -> Float[Tensor, "1 N"]:
    """TPR of a map resized by nearest neighbours."""
    return true_positive_ratio(functional.interpolate(attention, size=masks.shape[-2:], mode="nearest"), masks)


def spread_ratio(
    attention: Float[Tensor, "1 N h w"], masks: Bool[Tensor, "1 N S S"], field: ReceptiveField
) -> Float[Tensor, "1 N"]:
    """TPR of a map spread over what its cells see."""
    maps = spread(attention.cpu().numpy(), field, masks.shape[-1])
    return true_positive_ratio(torch.from_numpy(maps).to(masks.device), masks)


class Regions(NamedTuple):
    """The parts of N images for as many questions: the target, the other objects, everything else.

    Attributes:
        weights: 1 at each pixel of a part, as numbers: a sum over a part is a matrix product, a single pass.
        sizes: Pixels of each part.
    """

    weights: Float[Tensor, "N 3 pixels"]
    sizes: Float[Tensor, "N 3"]

    def masses(self, maps: Float[Tensor, "1 N S S"]) -> Float[Tensor, "N 3"]:
        """How much of each map lies on each part."""
        return torch.bmm(self.weights, maps[0].flatten(1)[..., None])[..., 0]

    def target_share(self, masses: Float[Tensor, "N 3"]) -> Float[Tensor, " N"]:
        """TPR: the share of the whole map that lies on the target; NaN where there is no mask."""
        share = masses[:, 0] / masses.sum(1).clamp_min(torch.finfo(masses.dtype).tiny)
        return share.masked_fill(self.sizes[:, 0] == 0, torch.nan)

    def means(self, masses: Float[Tensor, "N 3"]) -> Float[Tensor, "3 N"]:
        """Mean of each map on each part; NaN where a question has no such pixels, or no mask."""
        return (masses / self.sizes).masked_fill(self.sizes[:, :1] == 0, torch.nan).T


def regions(target: Bool[Tensor, "1 N S S"], objects: Bool[Tensor, "1 N S S"]) -> Regions:
    """The parts of images.

    Args:
        target: The queried object.
        objects: All objects of the image that have a mask, the target among them.
    """
    weights = torch.stack([target[0], objects[0] & ~target[0], ~objects[0]], 1).flatten(2).float()
    return Regions(weights, weights.sum(2))
