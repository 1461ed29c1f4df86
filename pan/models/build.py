"""From a recipe to a network: all sizes of Fig. 5 in one place."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import torch
from torch import nn

from pan.errors import InputError
from pan.models.blocks import Attention, ConvStage, Gate, MarginalAnswer, SoftAnswer
from pan.models.han import HAN
from pan.models.pan import PAN
from pan.models.san import SAN
from pan.tasks import Recipe, Task

STAGES = 4


def build_model(recipe: Recipe, task: Task) -> nn.Module:
    """The recipe's network with initial weights drawn from its seed, in channels-last layout.

    Raises:
        InputError: If the recipe names a network that does not exist.
    """
    if recipe.model not in MODELS:
        raise InputError(f"there is no network “{recipe.model}”; choose one of {', '.join(MODELS)}.")
    model = MODELS[recipe.model](recipe, task)
    _initialize(model, torch.Generator().manual_seed(recipe.seed), recipe.gate_bias)
    return model.to(memory_format=torch.channels_last)


def _san(recipe: Recipe, task: Task) -> nn.Module:
    return SAN(_stages(recipe), _attention(recipe, task), SoftAnswer(recipe.channels, len(task.answers)))


def _han(recipe: Recipe, task: Task) -> nn.Module:
    return HAN(_stages(recipe), _attention(recipe, task), MarginalAnswer(recipe.channels, len(task.answers)))


def _pan(recipe: Recipe, task: Task) -> nn.Module:
    answer = SoftAnswer(recipe.channels, len(task.answers))
    return PAN(_stages(recipe), _gates(recipe, task), _attention(recipe, task), answer)


def _pan_hard(recipe: Recipe, task: Task) -> nn.Module:
    answer = MarginalAnswer(recipe.channels, len(task.answers))
    return PAN(_stages(recipe), _gates(recipe, task), _attention(recipe, task), answer)


MODELS: dict[str, Callable[[Recipe, Task], nn.Module]] = {
    "pan-ctx": _pan,  # the recipe's context_radius is above 0
    "pan": _pan,
    "san": _san,
    "han": _han,
    "pan-ctx-hard": _pan_hard,
}
"""A builder for each name, in the order in which they are listed to a user."""


def _stages(recipe: Recipe) -> list[ConvStage]:
    widths = [3, *[recipe.channels] * STAGES]
    return [
        ConvStage(before, after, padding=recipe.padding, normalize=recipe.normalize and stage > 0)
        for stage, (before, after) in enumerate(pairwise(widths))
    ]


def _attention(recipe: Recipe, task: Task, *, context_radius: int = 0) -> Attention:
    return Attention(
        recipe.channels, len(task.queries), hidden=recipe.hidden, context_radius=context_radius
    )


def _gates(recipe: Recipe, task: Task) -> list[Gate]:
    return [
        Gate(
            pool,
            _attention(recipe, task, context_radius=recipe.context_radius),
            MarginalAnswer(recipe.channels, len(task.answers)) if recipe.answer_weight > 0 else None,
        )
        for pool in recipe.gates
    ]


def _initialize(model: nn.Module, generator: torch.Generator, gate_bias: float) -> None:
    """PyTorch's own initialisation from a generator of ours, save for the query, which enters as an embedding does.

    A linear map of a one-hot vector is an embedding, and drawn like one, N(0, 1), it decides from the first step
    which hidden units of the attention a query switches on. Drawn a fifth of that size, as linear layers are, it
    leaves a network at the level of the query-blind (41 %) for 100,000 questions and more.
    """
    for module in model.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.kaiming_uniform_(module.weight, a=math.sqrt(5), generator=generator)
            if module.bias is not None:
                bound = 1 / math.sqrt(module.weight[0].numel())
                nn.init.uniform_(module.bias, -bound, bound, generator=generator)
    for module in model.modules():
        if isinstance(module, Attention):
            nn.init.normal_(module.query.weight, generator=generator)
        elif isinstance(module, Gate):
            nn.init.constant_(module.attention.score.bias, gate_bias)
