"""Attention at the image's resolution: resized, accumulated over layers, and held against a segmentation."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional


def resize(attention: Float[Tensor, "B Q h w"], size: int) -> Float[Tensor, "B Q S S"]:
    """A map at the network's input size, bilinear."""
    return functional.interpolate(attention, size=(size, size), mode="bilinear", align_corners=False)


def accumulate(attention: Sequence[Float[Tensor, "B Q _ _"]], size: int) -> list[Float[Tensor, "B Q S S"]]:
    """For each layer, the product of all maps up to it, each resized to the image: what is still let through."""
    accumulated: list[Tensor] = []
    for alpha in attention:
        resized = resize(alpha.float(), size)
        accumulated.append(accumulated[-1] * resized if accumulated else resized)
    return accumulated


def true_positive_ratio(
    maps: Float[Tensor, "B Q S S"], masks: Bool[Tensor, "B Q S S"]
) -> Float[Tensor, "B Q"]:
    """Share of a map's mass that lies on the queried object (section 4.1); NaN where there is no mask."""
    inside = (maps * masks).sum((-2, -1))
    share = inside / maps.sum((-2, -1)).clamp_min(torch.finfo(maps.dtype).tiny)
    return share.masked_fill(~masks.flatten(-2).any(-1), torch.nan)
