"""The plain trunk: the CNN of Fig. 5a, for images of digits."""

from __future__ import annotations

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from pan.models.attended import attend
from pan.models.trunks.gated_stage import gated_stage, saves_time

FIT_THE_CACHE = 4
"""Number of images whose first maps fit the cache of a processor: 5 MB of float32 if images have 100 × 100 pixels."""


class ConvStage(nn.Module):
    """One stage of Fig. 5a: 3×3 convolution, ReLU, 2×2 max pooling.

    Args:
        in_channels: Channels of the input map.
        out_channels: Channels of the output map.
        padding: Padding of the convolution, in cells.
        normalize: Whether it begins with BatchNorm, which comes after the gate if there is one.
    """

    def __init__(self, in_channels: int, out_channels: int, *, padding: int, normalize: bool) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(in_channels) if normalize else nn.Identity()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, padding=padding)

    def forward(
        self, features: Float[Tensor, "B P C H W"], attention: Float[Tensor, "B Q H W"] | None = None
    ) -> Float[Tensor, "B Q C2 H2 W2"]:
        """The feature maps g_CNN(·) of Eq. 3; with attention, of the attended features α f (Eq. 1)."""
        if attention is not None and saves_time(attention, features, self.norm):
            return gated_stage(attention, features, self.norm, self.conv)
        attended = features if attention is None else attend(attention, features)
        maps = self.convolve(self.norm(attended.flatten(0, 1)))
        return maps.view(*attended.shape[:2], *maps.shape[1:])

    def convolve(self, maps: Float[Tensor, "N C H W"]) -> Float[Tensor, "N C2 H2 W2"]:
        """Convolution, ReLU and pooling."""
        return functional.max_pool2d(self.conv(maps), 2).relu_()  # as ReLU before pooling, with a quarter of its cost


class LowestStage(ConvStage):
    """The stage of the images themselves, whose maps are the largest of all.

    In float32 on a CPU it computes a few images at a time, which takes an eighth less time. In bfloat16 and on a GPU it
    would take longer.

    Args:
        channels: Channels of its map.
        padding: Padding of the convolution, in cells.

    Attributes:
        at_a_time: Number of images at a time.
    """

    def __init__(self, channels: int, *, padding: int) -> None:
        super().__init__(3, channels, padding=padding, normalize=False)
        self.at_a_time = FIT_THE_CACHE

    def convolve(self, maps: Float[Tensor, "N C H W"]) -> Float[Tensor, "N C2 H2 W2"]:
        """Convolution, ReLU and pooling."""
        together = super().convolve
        if maps.device.type != "cpu" or torch.is_autocast_enabled("cpu"):
            return together(maps)
        return torch.cat([together(part) for part in torch.split(maps, self.at_a_time)])


def plain_stages(count: int, channels: int, *, padding: int, normalize: bool) -> list[ConvStage]:
    """The stages of the CNN.

    Args:
        count: Number of stages.
        channels: Channels of all maps except the image.
        padding: Padding of the convolutions, in cells.
        normalize: Whether all stages except the first begin with BatchNorm.
    """
    lowest = LowestStage(channels, padding=padding)
    return [lowest, *(ConvStage(channels, channels, padding=padding, normalize=normalize) for _ in range(count - 1))]
