"""A local context that reaches as far as a digit is large."""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

REACH = 20
"""Cells that a cell sees at most in each direction: δ of Eq. 5, if one convolution were to see as much."""


class WideContext(nn.Module):
    """Encodes each cell with its neighbourhood at three resolutions, down and up again (Ronneberger et al., 2015).

    A (2δ+1)² convolution that saw as much would take a hundred times the arithmetic. On the lowest gate's map, which
    all questions of an image share, it is computed once an image.

    Args:
        channels: C of the map it gets.
        hidden: Of the map it gives, and of all between.
        normalize: Whether its convolutions are followed by BatchNorm.
    """

    def __init__(self, channels: int, hidden: int, *, normalize: bool) -> None:
        super().__init__()
        self.near = _convolution(channels, hidden, normalize=normalize)
        self.wide = _convolution(hidden, hidden, normalize=normalize)
        self.widest = nn.Sequential(*(_convolution(hidden, hidden, normalize=normalize) for _ in range(2)))
        self.join_wide = _convolution(hidden, hidden, normalize=normalize)
        self.join_near = _convolution(hidden, hidden, normalize=normalize)

    def forward(self, features: Float[Tensor, "N C H W"]) -> Float[Tensor, "N hidden H W"]:
        """Each cell with what lies around it."""
        near = self.near(features)
        wide = self.wide(functional.max_pool2d(near, 2))
        widest = self.widest(functional.max_pool2d(wide, 2))
        wide = self.join_wide(wide + _resized_as(widest, wide))
        joined: Tensor = self.join_near(near + _resized_as(wide, near))
        return joined


def _convolution(before: int, after: int, *, normalize: bool) -> nn.Sequential:
    norm = nn.BatchNorm2d(after) if normalize else nn.Identity()
    return nn.Sequential(nn.Conv2d(before, after, 3, padding=1), norm, nn.ReLU())


def _resized_as(maps: Float[Tensor, "N C h w"], other: Float[Tensor, "N C H W"]) -> Float[Tensor, "N C H W"]:
    return functional.interpolate(maps, other.shape[-2:], mode="bilinear", align_corners=False)
