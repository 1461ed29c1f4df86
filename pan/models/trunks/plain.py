"""The plain trunk: the CNN of Fig. 5a, for images of digits."""

from __future__ import annotations

from itertools import pairwise

from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from pan.models.attended import attend
from pan.models.trunks.gated_stage import gated_stage, saves_time


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
        maps: Tensor = self.conv(self.norm(attended.flatten(0, 1)))
        maps = functional.max_pool2d(maps, 2).relu_()  # same result as ReLU first, with a quarter of its cost
        return maps.view(*attended.shape[:2], *maps.shape[1:])


def plain_stages(count: int, channels: int, *, padding: int, normalize: bool) -> list[ConvStage]:
    """The stages of the CNN.

    Args:
        count: Number of stages.
        channels: Channels of all maps except the image.
        padding: Padding of the convolutions, in cells.
        normalize: Whether all stages except the first begin with BatchNorm.
    """
    return [
        ConvStage(before, after, padding=padding, normalize=normalize and stage > 0)
        for stage, (before, after) in enumerate(pairwise([3, *[channels] * count]))
    ]
