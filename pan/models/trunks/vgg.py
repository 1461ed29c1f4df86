"""Trunks with the architecture of VGG-16 (Simonyan & Zisserman, 2015): stages and context functions.

The names of parameters end as in torchvision (`features.17.weight`), so that its ImageNet weights can be loaded.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import count

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from pan.models.attended import attend
from pan.recipes.trunk_shapes import Stage
from pan.system.errors import InputError

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Mean and standard deviation of ImageNet's pixels, by which torchvision's networks normalise images."""

TORCHVISION_NAME = re.compile(r"features\.\d+\.(weight|bias)$")


class Normalized(nn.Module):
    """Normalises pixels from 0 to 1 as torchvision's networks expect them."""

    mean: Tensor
    deviation: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN).view(3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(DEVIATION).view(3, 1, 1), persistent=False)

    def forward(self, images: Float[Tensor, "N 3 H W"]) -> Float[Tensor, "N 3 H W"]:
        """(x − mean) / deviation."""
        normalized: Tensor = (images - self.mean) / self.deviation
        return normalized


class VGGStage(nn.Module):
    """One stage between two attention layers: 3×3 convolutions with ReLU, and poolings (Fig. 9a).

    Args:
        norm: Normalisation of the input.
        features: The layers, named by their numbers in torchvision's network.
        recompute: Whether to use gradient checkpointing: the backward pass recomputes activations, which saves memory.
    """

    def __init__(self, norm: nn.Module, features: nn.Sequential, *, recompute: bool) -> None:
        super().__init__()
        self.norm = norm
        self.features = features
        self.recompute = recompute

    def forward(
        self, features: Float[Tensor, "B P C H W"], attention: Float[Tensor, "B Q H W"] | None = None
    ) -> Float[Tensor, "B Q C2 H2 W2"]:
        """The feature maps g_CNN(·) of Eq. 3; with attention, of the attended features α f (Eq. 1)."""
        attended = features if attention is None else attend(attention, features)
        maps: Tensor = self.norm(attended.flatten(0, 1))
        if self.recompute and torch.is_grad_enabled():
            maps = checkpoint(self.features, maps, use_reentrant=False, preserve_rng_state=False)
        else:
            maps = self.features(maps)
        return maps.view(*attended.shape[:2], *maps.shape[1:])


class ContextEmbedding(nn.Module):
    """The context function of a gate (Fig. 9b): the next stage's convolutions without pooling, with separate weights.

    n convolutions have a context of radius δ = n.
    """

    def __init__(self, features: nn.Sequential, *, recompute: bool) -> None:
        super().__init__()
        self.features = features
        self.recompute = recompute

    def forward(self, features: Float[Tensor, "N C H W"]) -> Float[Tensor, "N C2 H W"]:
        """The map in which each cell is encoded with its neighbourhood."""
        if self.recompute and torch.is_grad_enabled():
            encoded: Tensor = checkpoint(self.features, features, use_reentrant=False, preserve_rng_state=False)
            return encoded
        maps: Tensor = self.features(features)
        return maps


def vgg_stages(trunk: Sequence[Stage], channels: int, *, normalize: bool, recompute: bool) -> list[VGGStage]:
    """The stages of a trunk.

    Args:
        trunk: The blocks of each stage.
        channels: The unit of the blocks' widths; 64 in VGG-16.
        normalize: Whether all stages except the first begin with BatchNorm, after the gate if there is one.
        recompute: Whether to use gradient checkpointing.
    """
    numbers, before, stages = count(), 3, []
    for place, blocks in enumerate(trunk):
        norm: nn.Module = nn.Identity()
        if place == 0:
            norm = Normalized()
        elif normalize:
            norm = nn.BatchNorm2d(before)
        layers: OrderedDict[str, nn.Module] = OrderedDict()
        for block in blocks:
            for _ in range(block.convolutions):
                layers[str(next(numbers))] = nn.Conv2d(before, block.width * channels, 3, padding=1)
                layers[str(next(numbers))] = nn.ReLU()
                before = block.width * channels
            layers[str(next(numbers))] = nn.MaxPool2d(2)
        stages.append(VGGStage(norm, nn.Sequential(layers), recompute=recompute))
    return stages


def context_embedding(stage: VGGStage) -> ContextEmbedding:
    """The context function of the gate before a stage."""
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    for name, layer in stage.features.named_children():
        if isinstance(layer, nn.Conv2d):
            layers[name] = nn.Conv2d(layer.in_channels, layer.out_channels, 3, padding=1)
        elif isinstance(layer, nn.ReLU):
            layers[name] = nn.ReLU()
        else:
            break
    return ContextEmbedding(nn.Sequential(layers), recompute=stage.recompute)


def draw_trunk(model: nn.Module, generator: torch.Generator) -> None:
    """Initialise a trunk's weights as torchvision does (He et al., 2015), for training without pretrained weights.

    With PyTorch's default initialisation, which is smaller, the signal vanishes after thirteen convolutions.
    """
    for name, weight in trunk_weights(model).items():
        if name.endswith(".weight"):
            nn.init.kaiming_normal_(weight, mode="fan_out", nonlinearity="relu", generator=generator)
        else:
            nn.init.zeros_(weight)


def trunk_weights(model: nn.Module) -> dict[str, Tensor]:
    """The weights of a network's trunk, by torchvision's names."""
    return {match[0]: weight for name, weight in model.named_parameters()
            if name.startswith("stages.") and (match := TORCHVISION_NAME.search(name))}  # fmt: skip


def begin_from(model: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Copy weights of a trunk into a network's trunk and into its context functions.

    Args:
        model: A network whose trunk has the architecture of VGG-16.
        weights: The weights by torchvision's names; other weights are ignored.

    Raises:
        InputError: If a weight is missing or has another shape.
    """
    with torch.no_grad():
        for name, own in model.named_parameters():
            if match := TORCHVISION_NAME.search(name):
                given = weights.get(match[0])
                if given is None or given.shape != own.shape:
                    had = "missing" if given is None else f"of shape {tuple(given.shape)}"
                    raise InputError(f"these are not the weights of this network's trunk: {match[0]} is {had}, "
                                     f"{tuple(own.shape)} is needed.")  # fmt: skip
                own.copy_(given)
