"""Attention maps in the image: sampled at its pixels, accumulated over layers, compared with a mask (TPR)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pan.models.geometry import ReceptiveField
from pan.models.output import Layer


def sample(cells: Float[Tensor, "*maps h w"], field: ReceptiveField, size: int) -> Float[Tensor, "*maps S S"]:
    """A map at the image's pixels: bilinear between the centres of its cells, edge values beyond them.

    Args:
        cells: Values of the map's cells.
        field: The receptive field of a cell: it gives the positions of the centres.
        size: Height and width of the image, in pixels.
    """
    rows, columns = (_weights(side, size, field, cells.device) for side in cells.shape[-2:])
    return rows @ cells.float() @ columns.T


def sample_nearest(
    cells: Float[Tensor, "*maps h w"], field: ReceptiveField, size: int
) -> Float[Tensor, "*maps S S"]:
    """A map at the image's pixels by nearest neighbour: each pixel has the value of the nearest centre."""
    rows, columns = (_places(side, size, field).round().long().to(cells.device) for side in cells.shape[-2:])
    return cells.index_select(-2, rows).index_select(-1, columns)


@lru_cache(maxsize=64)
def _weights(cells: int, size: int, field: ReceptiveField, device: torch.device) -> Float[Tensor, "S cells"]:
    """Bilinear weights of the cells for each pixel, along one axis."""
    with torch.inference_mode(mode=False):  # the cache is used in training too
        places = _places(cells, size, field)
        return (1 - (places[:, None] - torch.arange(cells)).abs()).clamp_min(0).to(device)


def _places(cells: int, size: int, field: ReceptiveField) -> Float[Tensor, " S"]:
    """The centre of each pixel in coordinates whose integers are the cells' centres, clamped to the map."""
    middles = torch.arange(size) + 0.5
    return ((middles - field.centre(0.0)) / field.stride).clamp(0, cells - 1)


def accumulate(layers: Iterable[Layer], size: int) -> list[Float[Tensor, "B Q S S"]]:
    """For each layer, the product of all maps up to it, each sampled at the image's pixels."""
    accumulated: list[Tensor] = []
    for layer in layers:
        sampled = sample(layer.attention, layer.field, size)
        accumulated.append(accumulated[-1] * sampled if accumulated else sampled)
    return accumulated


def true_positive_ratio(
    maps: Float[Tensor, "B Q S S"], masks: Bool[Tensor, "B Q S S"]
) -> Float[Tensor, "B Q"]:
    """Share of a map's mass that lies on the queried object (section 4.1).

    NaN without a mask, 0 for a map of zeros.
    """
    inside = (maps * masks).sum((-2, -1))
    share = inside / maps.sum((-2, -1)).clamp_min(torch.finfo(maps.dtype).tiny)
    return share.masked_fill(~masks.flatten(-2).any(-1), torch.nan)
