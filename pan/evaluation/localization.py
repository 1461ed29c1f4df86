"""Where attention lies: on the queried object, on the image's other objects, or elsewhere."""

from __future__ import annotations

import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional

from pan.maps import true_positive_ratio
from pan.receptive_field import ReceptiveField, spread


def nearest_ratio(attention: Float[Tensor, "1 N h w"], masks: Bool[Tensor, "1 N S S"]) -> Float[Tensor, "1 N"]:
    """TPR of a map resized by nearest neighbours."""
    return true_positive_ratio(functional.interpolate(attention, size=masks.shape[-2:], mode="nearest"), masks)


def spread_ratio(
    attention: Float[Tensor, "1 N h w"], masks: Bool[Tensor, "1 N S S"], field: ReceptiveField
) -> Float[Tensor, "1 N"]:
    """TPR of a map spread over what its cells see."""
    maps = spread(attention.cpu().numpy(), field, masks.shape[-1])
    return true_positive_ratio(torch.from_numpy(maps).to(masks.device), masks)


def open_shares(
    maps: Float[Tensor, "1 N S S"], target: Bool[Tensor, "1 N S S"], objects: Bool[Tensor, "1 N S S"]
) -> Float[Tensor, "3 1 N"]:
    """Mean of a map on the target, on the other objects and elsewhere; NaN where a question has no such pixels.

    Args:
        maps: A layer's own attention at the image's resolution.
        target: The queried object.
        objects: All objects of the image that have a mask, the target among them.
    """
    regions = (target, objects & ~target, ~objects)
    means = torch.stack([_mean(maps, region) for region in regions])
    return means.masked_fill(~target.flatten(-2).any(-1), torch.nan)


def _mean(maps: Float[Tensor, "1 N S S"], region: Bool[Tensor, "1 N S S"]) -> Float[Tensor, "1 N"]:
    weights = region.to(maps.dtype)
    return (maps * weights).sum((-2, -1)) / weights.sum((-2, -1))
