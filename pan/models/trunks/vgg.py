"""Trunks of the form of VGG-16 (Simonyan & Zisserman, 2015), as stages and context functions of the same networks.

Parameters end in the names that torchvision gives them (`features.17.weight`), so that its ImageNet weights fit.
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

from pan.recipes.trunk_shapes import Stage
from pan.system.errors import InputError

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet's pixels: torchvision's networks were trained on images normalised by them."""

TORCHVISION_NAME = re.compile(r"features\.\d+\.(weight|bias)$")


class Normalized(nn.Module):
    """Pixels from 0 to 1 as torchvision's networks take them."""

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
    """What lies between two attention layers: 3×3 convolutions with ReLU, and poolings (Fig. 9a).

    Args:
        norm: What is done with the maps first.
        features: The layers, under their numbers in torchvision's network.
        recompute: Whether activations are dropped and computed again in the backward pass, to save memory.
    """

    def __init__(self, norm: nn.Module, features: nn.Sequential, *, recompute: bool) -> None:
        super().__init__()
        self.norm = norm
        self.features = features
        self.recompute = recompute

    def forward(self, features: Float[Tensor, "B P C H W"]) -> Float[Tensor, "B P C2 H2 W2"]:
        """g_CNN of Eq. 3."""
        maps: Tensor = self.norm(features.flatten(0, 1))
        if self.recompute and torch.is_grad_enabled():
            maps = checkpoint(self.features, maps, use_reentrant=False, preserve_rng_state=False)
        else:
            maps = self.features(maps)
        return maps.view(*features.shape[:2], *maps.shape[1:])


class ContextEmbedding(nn.Module):
    """The next stage's convolutions without its pooling, with weights of their own (Fig. 9b): n of them see δ = n."""

    def __init__(self, features: nn.Sequential, *, recompute: bool) -> None:
        super().__init__()
        self.features = features
        self.recompute = recompute

    def forward(self, features: Float[Tensor, "N C H W"]) -> Float[Tensor, "N C2 H W"]:
        """Each cell with its neighbourhood, encoded."""
        if self.recompute and torch.is_grad_enabled():
            encoded: Tensor = checkpoint(self.features, features, use_reentrant=False, preserve_rng_state=False)
            return encoded
        maps: Tensor = self.features(features)
        return maps


def vgg_stages(trunk: Sequence[Stage], channels: int, *, normalize: bool, recompute: bool) -> list[VGGStage]:
    """The stages of a trunk.

    Args:
        trunk: Its form.
        channels: What the widths of its blocks are multiples of; 64 in VGG-16.
        normalize: Whether BatchNorm stands in front of all stages but the first, after the gate where there is one.
        recompute: Whether to save memory, as `VGGStage` has it.
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
    """The context function of the gate in front of a stage."""
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
    """Draw a trunk's weights as torchvision does (He et al., 2015), for training from nothing.

    Drawn as small as PyTorch's layers are by themselves, a signal is gone behind thirteen convolutions.
    """
    for name, weight in trunk_weights(model).items():
        if name.endswith(".weight"):
            nn.init.kaiming_normal_(weight, mode="fan_out", nonlinearity="relu", generator=generator)
        else:
            nn.init.zeros_(weight)


def trunk_weights(model: nn.Module) -> dict[str, Tensor]:
    """The weights of a network's trunk, by their names in torchvision."""
    return {match[0]: weight for name, weight in model.named_parameters()
            if name.startswith("stages.") and (match := TORCHVISION_NAME.search(name))}  # fmt: skip


def begin_from(model: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Copy a trunk's weights into the trunk and into the context functions that are to begin as its convolutions do.

    Args:
        model: A network whose trunk is of the form of VGG-16.
        weights: By torchvision's names; those of its classifier are passed over.

    Raises:
        InputError: If a weight is missing or of another shape.
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
