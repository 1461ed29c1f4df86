"""The CNN under the attention: that of Fig. 5a, or one of VGG's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from torch import nn

from pan.models.trunks.plain import plain_stages
from pan.models.trunks.vgg import context_embedding, vgg_stages
from pan.recipes.recipe import Recipe
from pan.recipes.trunk_shapes import PLAIN, TRUNKS


class Trunk(NamedTuple):
    """The stages of a CNN, and what its gates need to know of them.

    Attributes:
        stages: From the image up.
        channels: Of each stage's map.
        contexts: For the stages whose gates encode their context by a function of its own: that function, and its
            channels.
    """

    stages: list[nn.Module]
    channels: list[int]
    contexts: Mapping[int, tuple[nn.Module, int]]


def build_trunk(recipe: Recipe) -> Trunk:
    """The CNN that a recipe names, at the recipe's size."""
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
    }  # of the gate on the stage before, whose number is this one's place
    return Trunk(list(stages), channels, contexts)
