"""Building of trunks: the plain CNN of Fig. 5a, or one with the architecture of VGG-16."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from torch import nn

from pan.models.trunks.plain import plain_stages
from pan.models.trunks.vgg import context_embedding, vgg_stages
from pan.recipes.recipe import Recipe
from pan.recipes.trunk_shapes import PLAIN, TRUNKS


class Trunk(NamedTuple):
    """The stages of a CNN, and the context functions of its gates.

    Attributes:
        stages: The stages, from the image up.
        channels: Channels of each stage's output map.
        contexts: For gates with a context function (Fig. 9b), by the number of the gate's stage: the function and its
            output channels.
    """

    stages: list[nn.Module]
    channels: list[int]
    contexts: Mapping[int, tuple[nn.Module, int]]


def build_trunk(recipe: Recipe) -> Trunk:
    """Build the trunk of a recipe."""
    network = recipe.network
    form = TRUNKS[network.trunk]
    channels = [blocks[-1].width * network.channels for blocks in form]
    if network.trunk in PLAIN:
        plain = plain_stages(len(form), network.channels, padding=network.padding, normalize=network.normalize)
        return Trunk(list(plain), channels, {})
    recompute = recipe.hardware.gradient_checkpointing
    stages = vgg_stages(form, network.channels, normalize=network.normalize, recompute=recompute)
    contexts = {
        place: (context_embedding(stage), channels[place]) for place, stage in enumerate(stages) if place > 0
    }  # stage `place`, counted from 0, is the one after the gate on stage number `place`, counted from 1
    return Trunk(list(stages), channels, contexts)
