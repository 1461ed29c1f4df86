"""Builds networks from recipes, with all sizes of Fig. 5 and 9."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import nn

from pan.models.geometry import ReceptiveField, of_pool
from pan.models.han import HAN
from pan.models.initial_weights import initialize
from pan.models.labels import Labels, MultiLabel, SingleLabel
from pan.models.network import Network
from pan.models.pan import PAN
from pan.models.parts.attention import Attention
from pan.models.parts.gate import Gate
from pan.models.parts.readouts import HardReadout, NoPrior, Prior, SoftReadout
from pan.models.parts.wide_context import REACH, WideContext
from pan.models.san import SAN
from pan.models.stn import STN, Localization
from pan.models.trunks.trunk import Trunk, build_trunk
from pan.models.trunks.vgg import begin_from, draw_trunk, trunk_weights
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.recipes.trunk_shapes import PLAIN, TRUNKS, cells
from pan.system.errors import InputError

STAGES = len(TRUNKS["plain"])


def build_model(recipe: Recipe, task: Task) -> Network:
    """The recipe's network with initial weights drawn from its seed, in channels-last layout.

    Raises:
        InputError: If the recipe names a network that does not exist, or one that cannot give the task's answers.
    """
    model = assemble(recipe, task)
    generator = torch.Generator().manual_seed(recipe.seed)
    initialize(model, generator, recipe.network.gate_bias)
    if recipe.network.trunk == "vgg-16":
        draw_trunk(model, generator)
    if recipe.network.trunk not in PLAIN:
        begin_from(model, trunk_weights(model))  # the context functions begin as the trunk's own convolutions
    return model.to(memory_format=torch.channels_last)


def assemble(recipe: Recipe, task: Task) -> Network:
    """The recipe's network without initial weights: the caller loads them from a file.

    Raises:
        InputError: If the recipe names a network that does not exist, or one that cannot give the task's answers.
    """
    builders = BUILDERS | PRIOR_BUILDERS
    if recipe.model not in builders:
        raise InputError(f"there is no network “{recipe.model}”; choose one of {', '.join(builders)}.")
    return builders[recipe.model](recipe, task)


def _san(recipe: Recipe, task: Task, *, prior: bool = False) -> Network:
    trunk = build_trunk(recipe)
    answer = SoftReadout(trunk.channels[-1], len(task.answers), _labels(task), _prior(trunk, task, prior=prior))
    return SAN(trunk.stages, _field(recipe, len(trunk.stages)), _attention(recipe, task, trunk), answer)


def _han(recipe: Recipe, task: Task, *, prior: bool = False) -> Network:
    trunk = build_trunk(recipe)
    answer = HardReadout(trunk.channels[-1], len(task.answers), _labels(task), _prior(trunk, task, prior=prior))
    return HAN(trunk.stages, _field(recipe, len(trunk.stages)), _attention(recipe, task, trunk), answer)


def _pan(recipe: Recipe, task: Task, *, prior: bool = False) -> Network:
    trunk = build_trunk(recipe)
    answer = SoftReadout(trunk.channels[-1], len(task.answers), _labels(task), _prior(trunk, task, prior=prior))
    return PAN(trunk.stages, _gates(recipe, task, trunk), _field(recipe, len(trunk.stages)),
               _attention(recipe, task, trunk), answer)


def _pan_hard(recipe: Recipe, task: Task) -> Network:
    trunk = build_trunk(recipe)
    answer = HardReadout(trunk.channels[-1], len(task.answers), _labels(task))
    return PAN(trunk.stages, _gates(recipe, task, trunk), _field(recipe, len(trunk.stages)),
               _attention(recipe, task, trunk), answer)


def _stn(recipe: Recipe, task: Task) -> Network:
    if task.several:
        raise InputError(f"{recipe.model} gives one answer to a question, and this set has several; train san, han or "
                         "pan-ctx on it.")
    trunk, side = build_trunk(recipe), cells(recipe.network.trunk, task.image_size, recipe.network.padding)
    classifier = nn.Linear(trunk.channels[-1] * side**2, len(task.answers))
    places = (*recipe.network.gates, len(trunk.stages))
    return STN(trunk.stages, {f"att{pool}": _localization(recipe, task, pool) for pool in places}, classifier)


def learning_shares(model: nn.Module, recipe: Recipe) -> list[tuple[list[nn.Parameter], float]]:
    """The network's parameter groups with their factors of the learning rate; transformers get a smaller one."""
    transforms = [module.transform for module in model.modules() if isinstance(module, Localization)]
    slow = [weight for transform in transforms for weight in transform.parameters()]
    slow_ones = set(map(id, slow))
    rest = [weight for weight in model.parameters() if id(weight) not in slow_ones]
    return [(rest, 1.0), *([(slow, recipe.optimization.localization_rate)] if slow else [])]


BUILDERS: dict[str, Callable[[Recipe, Task], Network]] = {
    "pan-ctx": _pan,  # context_radius in its recipe is above 0
    "pan": _pan,
    "san": _san,
    "han": _han,
    "pan-ctx-hard": _pan_hard,
    "pan-ctx-best": _pan_hard,  # its recipe has a wide context
    "stn-m": _stn,  # its recipe has several transformers
    "stn-s": _stn,
}
"""A builder for each of `pan.recipes.digits.MODELS`."""

PRIOR_BUILDERS: dict[str, Callable[[Recipe, Task], Network]] = {
    f"{name}-prior": partial(builder, prior=True) for name, builder in (("pan-ctx", _pan), ("san", _san), ("han", _han))
}
"""The same with the object-class prior (Table 2, right half)."""


def _attention(recipe: Recipe, task: Task, trunk: Trunk) -> Attention:
    return Attention(trunk.channels[-1], len(task.queries), hidden=recipe.network.hidden, context_radius=0)


def _localization(recipe: Recipe, task: Task, pool: int) -> Localization:
    trunk = build_trunk(recipe)
    begins = 0 if recipe.network.whole_localization else pool
    return Localization(
        begins,
        _field(recipe, pool),
        trunk.stages[begins:],
        _attention(recipe, task, trunk),
        nn.Linear(2 + trunk.channels[-1], 6),
        HardReadout(trunk.channels[-1], len(task.answers)) if recipe.objective.answer_weight > 0 else None,
    )


def _gate_attention(recipe: Recipe, task: Task, trunk: Trunk, pool: int) -> Attention:
    radius, queries = recipe.network.context_radius, len(task.queries)
    if _is_wide(recipe, pool):
        wide = WideContext(trunk.channels[pool - 1], recipe.network.hidden, normalize=recipe.network.normalize)
        return Attention(recipe.network.hidden, queries, hidden=recipe.network.hidden, context_radius=0, embedding=wide)
    if radius > 0 and pool in trunk.contexts:
        embedding, channels = trunk.contexts[pool]
        return Attention(channels, queries, hidden=recipe.network.hidden, context_radius=0, embedding=embedding)
    return Attention(trunk.channels[pool - 1], queries, hidden=recipe.network.hidden, context_radius=radius)


def _is_wide(recipe: Recipe, pool: int) -> bool:
    return recipe.network.wide_context and pool == recipe.network.gates[0]


def _gates(recipe: Recipe, task: Task, trunk: Trunk) -> list[Gate]:
    return [
        Gate(
            pool,
            _field(recipe, pool),
            _gate_attention(recipe, task, trunk, pool),
            HardReadout(trunk.channels[pool - 1], len(task.answers), _labels(task))
            if recipe.objective.answer_weight > 0 else None,  # no prior: the gate must be right by its attention
            REACH if _is_wide(recipe, pool) else recipe.network.context_radius,
        )
        for pool in recipe.network.gates
    ]


def _field(recipe: Recipe, pool: int) -> ReceptiveField:
    return of_pool(pool, padding=recipe.network.padding, trunk=recipe.network.trunk)


def _labels(task: Task) -> Labels:
    return MultiLabel() if task.several else SingleLabel()


def _prior(trunk: Trunk, task: Task, *, prior: bool) -> NoPrior | Prior:
    return Prior(trunk.channels[-1], len(task.queries)) if prior else NoPrior()
