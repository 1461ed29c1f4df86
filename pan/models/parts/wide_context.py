"""An embedding with a local context as large as a digit."""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

REACH = 20
"""Radius of the context in cells; it corresponds to δ of Eq. 5."""


class WideContext(nn.Module):
    """A small U-Net with three resolutions, which encodes each cell with its neighbourhood (Ronneberger et al., 2015).

    A single (2δ+1)² convolution would need a hundred times the operations. At the lowest gate it is computed once per
    image, because the gate's input map does not depend on the query.

    Args:
        channels: Channels of the input map.
        hidden: Channels of the output map and of all maps between.
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
        """The encoded map."""
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
