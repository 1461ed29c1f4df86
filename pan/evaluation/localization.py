"""Where attention lies: on the queried object, on the image's other objects, or elsewhere."""

from __future__ import annotations

from typing import NamedTuple

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pan.attention.maps import sample_nearest, true_positive_ratio
from pan.models.geometry import ReceptiveField, spread


def nearest_ratio(
    attention: Float[Tensor, "1 N h w"], masks: Bool[Tensor, "1 N S S"], field: ReceptiveField
) -> Float[Tensor, "1 N"]:
    """TPR of a map whose pixels take the value of the nearest cell."""
    return true_positive_ratio(sample_nearest(attention, field, masks.shape[-1]), masks)


def spread_ratio(
    attention: Float[Tensor, "1 N h w"], masks: Bool[Tensor, "1 N S S"], field: ReceptiveField
) -> Float[Tensor, "1 N"]:
    """TPR of a map spread over what its cells see."""
    maps = spread(attention.cpu().numpy(), field, masks.shape[-1])
    return true_positive_ratio(torch.from_numpy(maps).to(masks.device), masks)


class Others:
    """The other objects of each question's image that have a mask, parted by size.

    Args:
        masks: The object of each question.
        real: Which questions are not padding, which repeats others of the image.
    """

    def __init__(self, masks: Bool[Tensor, "B Q S S"], real: Bool[Tensor, "B Q"]) -> None:
        self.real = real
        self.pixels = masks.flatten(2).float()
        sizes = self.pixels.sum(2)
        present = real & (sizes > 0)
        pairs = present[:, :, None] & present[:, None, :]
        self.smaller = (pairs & (sizes[:, None, :] < sizes[:, :, None])).float()  # B Q Q: question, other object
        self.larger = (pairs & (sizes[:, None, :] > sizes[:, :, None])).float()

    def masses(self, maps: Float[Tensor, "N S S"]) -> Float[Tensor, "2 N"]:
        """The share of each map on an average smaller and an average larger object; NaN where there is none."""
        whole = torch.zeros_like(self.pixels)
        whole[self.real] = maps.flatten(1)
        share = whole / whole.sum(2, keepdim=True).clamp_min(torch.finfo(whole.dtype).tiny)
        masses = share @ self.pixels.transpose(1, 2)
        means = [(masses * side).sum(2) / side.sum(2) for side in (self.smaller, self.larger)]
        return torch.stack([mean[self.real] for mean in means])


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
