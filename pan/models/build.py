"""From a recipe to a network: all sizes of Fig. 5 and 9 in one place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import nn

from pan.errors import InputError
from pan.models.blocks import Attention, ConvStage, Gate, MarginalAnswer, NoPrior, Prior, SoftAnswer
from pan.models.han import HAN
from pan.models.labels import Exclusive, Independent, Labels
from pan.models.pan import PAN
from pan.models.san import SAN
from pan.models.stn import STN, Localization
from pan.models.vgg import begin_from, context_embedding, draw_trunk, trunk_weights, vgg_stages
from pan.tasks import Recipe, Task
from pan.trunks import TRUNKS


class Trunk(NamedTuple):
    """The CNN under the attention.

    Attributes:
        stages: From the image up.
        channels: Of each stage's map.
        contexts: For the stages whose gates encode their context by a function of its own: that function, and its
            channels.
    """

    stages: list[nn.Module]
    channels: list[int]
    contexts: Mapping[int, tuple[nn.Module, int]]


STAGES = len(TRUNKS["plain"])

LABELS_AT_ONCE = 2
"""Attributes that an object of Visual Genome has, about (667,882 labels); of K words, as many are right."""


def build_model(recipe: Recipe, task: Task) -> nn.Module:
    """The recipe's network with initial weights drawn from its seed, in channels-last layout.

    Raises:
        InputError: If the recipe names a network that does not exist.
    """
    builders = MODELS | PRIOR_MODELS
    if recipe.model not in builders:
        raise InputError(f"there is no network “{recipe.model}”; choose one of {', '.join(builders)}.")
    model = builders[recipe.model](recipe, task)
    generator = torch.Generator().manual_seed(recipe.seed)
    _initialize(model, generator, recipe.gate_bias)
    if recipe.trunk == "vgg-16":
        draw_trunk(model, generator)
    if recipe.trunk != "plain":
        begin_from(model, trunk_weights(model))  # the context functions begin as the trunk's own convolutions
    return model.to(memory_format=torch.channels_last)


def _san(recipe: Recipe, task: Task, *, prior: bool = False) -> nn.Module:
    trunk = _trunk(recipe)
    answer = SoftAnswer(trunk.channels[-1], len(task.answers), _labels(task), _prior(trunk, task, prior=prior))
    return SAN(trunk.stages, _attention(recipe, task, trunk), answer)


def _han(recipe: Recipe, task: Task, *, prior: bool = False) -> nn.Module:
    trunk = _trunk(recipe)
    answer = MarginalAnswer(trunk.channels[-1], len(task.answers), _labels(task), _prior(trunk, task, prior=prior))
    return HAN(trunk.stages, _attention(recipe, task, trunk), answer)


def _pan(recipe: Recipe, task: Task, *, prior: bool = False) -> nn.Module:
    trunk = _trunk(recipe)
    answer = SoftAnswer(trunk.channels[-1], len(task.answers), _labels(task), _prior(trunk, task, prior=prior))
    return PAN(trunk.stages, _gates(recipe, task, trunk), _attention(recipe, task, trunk), answer)


def _pan_hard(recipe: Recipe, task: Task) -> nn.Module:
    trunk = _trunk(recipe)
    answer = MarginalAnswer(trunk.channels[-1], len(task.answers), _labels(task))
    return PAN(trunk.stages, _gates(recipe, task, trunk), _attention(recipe, task, trunk), answer)


def _stn(recipe: Recipe, task: Task) -> nn.Module:
    trunk, side = _trunk(recipe), task.image_size
    for _ in trunk.stages:
        side = (side + 2 * recipe.padding - 2) // 2
    classifier = nn.Linear(trunk.channels[-1] * side**2, len(task.answers))
    places = (*recipe.gates, len(trunk.stages))
    return STN(trunk.stages, {f"att{pool}": _localization(recipe, task, pool) for pool in places}, classifier)


def learning_shares(model: nn.Module, recipe: Recipe) -> list[tuple[list[nn.Parameter], float]]:
    """The network's parameters in groups, each with its share of the learning rate; what moves a view moves slowly."""
    transforms = [module.transform for module in model.modules() if isinstance(module, Localization)]
    slow = [weight for transform in transforms for weight in transform.parameters()]
    slow_ones = set(map(id, slow))
    rest = [weight for weight in model.parameters() if id(weight) not in slow_ones]
    return [(rest, 1.0), *([(slow, recipe.localization_rate)] if slow else [])]


MODELS: dict[str, Callable[[Recipe, Task], nn.Module]] = {
    "pan-ctx": _pan,  # the recipe's context_radius is above 0
    "pan": _pan,
    "san": _san,
    "han": _han,
    "pan-ctx-hard": _pan_hard,
    "pan-ctx-best": _pan_hard,  # the recipe says what makes it the best
    "stn-m": _stn,  # the recipe's gates say where else than on the last pool it looks
    "stn-s": _stn,
}
"""A builder for each name, in the order in which they are listed to a user."""

PRIOR_MODELS: dict[str, Callable[[Recipe, Task], nn.Module]] = {
    f"{name}-prior": partial(builder, prior=True) for name, builder in (("pan-ctx", _pan), ("san", _san), ("han", _han))
}
"""The same with the object-class prior (Table 2, right half)."""


def _trunk(recipe: Recipe) -> Trunk:
    form = TRUNKS[recipe.trunk]
    channels = [blocks[-1].width * recipe.channels for blocks in form]
    if recipe.trunk == "plain":
        return Trunk(_plain_stages([3, *channels], recipe), channels, {})
    stages = vgg_stages(form, recipe.channels, normalize=recipe.normalize, recompute=recipe.gradient_checkpointing)
    contexts = {
        place: (context_embedding(stage), channels[place]) for place, stage in enumerate(stages) if place > 0
    }  # of the gate on the stage before, whose number is this one's place
    return Trunk(list(stages), channels, contexts)


def _plain_stages(widths: list[int], recipe: Recipe) -> list[nn.Module]:
    return [
        ConvStage(before, after, padding=recipe.padding, normalize=recipe.normalize and stage > 0)
        for stage, (before, after) in enumerate(pairwise(widths))
    ]


def _attention(recipe: Recipe, task: Task, trunk: Trunk) -> Attention:
    return Attention(trunk.channels[-1], len(task.queries), hidden=recipe.hidden, context_radius=0)


def _localization(recipe: Recipe, task: Task, pool: int) -> Localization:
    trunk = _trunk(recipe)
    return Localization(
        trunk.stages[pool:],
        _attention(recipe, task, trunk),
        nn.Linear(2 + trunk.channels[-1], 6),
        MarginalAnswer(trunk.channels[-1], len(task.answers)) if recipe.answer_weight > 0 else None,
    )


def _gate_attention(recipe: Recipe, task: Task, trunk: Trunk, pool: int) -> Attention:
    radius, queries = recipe.context_radius, len(task.queries)
    if radius > 0 and pool in trunk.contexts:
        embedding, channels = trunk.contexts[pool]
        return Attention(channels, queries, hidden=recipe.hidden, context_radius=0, embedding=embedding)
    return Attention(trunk.channels[pool - 1], queries, hidden=recipe.hidden, context_radius=radius)


def _gates(recipe: Recipe, task: Task, trunk: Trunk) -> list[Gate]:
    return [
        Gate(
            pool,
            _gate_attention(recipe, task, trunk, pool),
            MarginalAnswer(trunk.channels[pool - 1], len(task.answers), _labels(task))
            if recipe.answer_weight > 0 else None,  # without the prior: it shall be right by where it looks
        )
        for pool in recipe.gates
    ]


def _labels(task: Task) -> Labels:
    return Independent() if task.several else Exclusive()


def _prior(trunk: Trunk, task: Task, *, prior: bool) -> NoPrior | Prior:
    return Prior(trunk.channels[-1], len(task.queries)) if prior else NoPrior()


def _initialize(model: nn.Module, generator: torch.Generator, gate_bias: float) -> None:
    """PyTorch's own initialisation from a generator of ours, save for the query, which enters as an embedding does.

    A linear map of a one-hot vector is an embedding, and drawn like one, N(0, 1), it decides from the first step
    which hidden units of the attention a query switches on. Drawn a fifth of that size, as linear layers are, it
    leaves a network at the level of the query-blind (41 %) for 100,000 questions and more.

    Independent labels begin at the odds at which they occur: of hundreds, almost all are wrong for any object.
    """
    for module in model.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.kaiming_uniform_(module.weight, a=math.sqrt(5), generator=generator)
            if module.bias is not None:
                bound = 1 / math.sqrt(module.weight[0].numel())
                nn.init.uniform_(module.bias, -bound, bound, generator=generator)
    for module in model.modules():
        if isinstance(module, Attention | Prior):
            nn.init.normal_(module.query.weight, generator=generator)
        elif isinstance(module, Gate):
            nn.init.constant_(module.attention.score.bias, gate_bias)
        elif isinstance(module, Localization):
            nn.init.zeros_(module.transform.weight)
            with torch.no_grad():
                module.transform.bias.copy_(torch.eye(2, 3).flatten())
        elif isinstance(module, SoftAnswer | MarginalAnswer) and isinstance(module.labels, Independent):
            rare = min(0.5, LABELS_AT_ONCE / module.classifier.out_features)
            nn.init.constant_(module.classifier.bias, math.log(rare / (1 - rare)))
