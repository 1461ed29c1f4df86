"""Views of spatial transformers in the image: the outline of the sampled part, and the transformed image."""

from __future__ import annotations

import torch
from jaxtyping import Float, UInt8
from torch import Tensor
from torch.nn import functional

CORNERS = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
"""Of a view, clockwise from the upper left, as x and y from −1 to 1."""


def outline(transform: Float[Tensor, "2 3"], size: int) -> Float[Tensor, "4 2"]:
    """The corners of a view as x and y in pixels of the image; they may lie outside it."""
    corners = torch.tensor(CORNERS, device=transform.device)
    places: Tensor = corners @ transform[:, :2].T + transform[:, 2]
    return (places + 1) / 2 * size


def warp(image: UInt8[Tensor, "S S 3"], transform: Float[Tensor, "2 3"]) -> UInt8[Tensor, "S S 3"]:
    """The transformed image; black outside the original."""
    pixels = image.permute(2, 0, 1)[None].float()
    grid = functional.affine_grid(transform[None].float(), list(pixels.shape), align_corners=False)
    seen = functional.grid_sample(pixels, grid, align_corners=False)
    return seen[0].permute(1, 2, 0).round().to(torch.uint8)


def inside(transform: Float[Tensor, "2 3"], size: int) -> Float[Tensor, "S S"]:
    """1 at the pixels inside the outline, 0 elsewhere."""
    places = (2 * torch.arange(size, device=transform.device) + 1) / size - 1
    y, x = torch.meshgrid(places, places, indexing="ij")
    view = (torch.stack([x, y], -1) - transform[:, 2]) @ torch.linalg.pinv(transform[:, :2]).T
    within: Tensor = (view.abs() <= 1).all(-1)
    return within.float()
