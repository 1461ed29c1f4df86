"""Recipes for the user's own sets: sizes and budget follow from the set, and weights start at random."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pan.recipes.attributes import ATTRIBUTE_KINDS, OPEN_AT_FIRST
from pan.recipes.attributes import MODELS as SEVERAL_MODELS
from pan.recipes.digits import CONTEXT_RADIUS, KINDS, READING_WEIGHT, STRICTNESS
from pan.recipes.digits import MODELS as SINGLE_MODELS
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError

OWN_PRESETS = ("quick", "standard")

LONGEST_NAME = 40

STEP_QUESTIONS = 112
"""Questions in a batch, as on digits: 16 images with 7 each."""

MOST_QUESTIONS = {"quick": 120_000, "standard": 400_000}
PASSES = {"quick": 40, "standard": 150}
"""Upper bound of the passes over a small set."""
FEWEST_QUESTIONS = 40_000

SMALL_IMAGES = 160
"""Pixels a side that four poolings reduce to 10 × 10 cells. Larger images get a fifth pooling."""
MOST_PIXELS = {False: 256, True: 128}
"""Largest input of the networks, in pixels a side, for sets with one answer and with several; larger images are
scaled down."""
ROUNDED_TO = 16

GATES = {"plain": (2, 3), "plain-5": (3, 4), "vgg-tiny": (1, 2)}
"""Each gate is above at least two poolings: with a gate at the first pooling, training takes four times as long."""


class OwnSet(NamedTuple):
    """The properties of an own set that its recipe depends on.

    Attributes:
        name: The name of its folder.
        several: Whether several answers are right at once.
        questions: The number of questions in its training part.
        images: The number of images in its training part.
        side: The longer side of an image in pixels, as the median.
    """

    name: str
    several: bool
    questions: int
    images: int
    side: int

    @property
    def kind(self) -> str:
        """The set's name as a recipe's `kind`: letters, digits and hyphens, distinct from the built-in kinds."""
        plain = re.sub(r"[^\w.]+", "-", self.name).strip("-.")[:LONGEST_NAME].lower()
        return f"own-{plain}".rstrip("-") if plain in ("", *KINDS, *ATTRIBUTE_KINDS) else plain

    @property
    def models(self) -> tuple[str, ...]:
        """The networks that can learn it."""
        return SEVERAL_MODELS if self.several else SINGLE_MODELS


def own_recipe(model: str, own: OwnSet, preset: str = "standard") -> Recipe:
    """The recipe of a network for an own set.

    Args:
        model: One of the set's `models`.
        own: The set's properties.
        preset: `quick` or `standard`.

    Raises:
        InputError: If there is no such network for such a set, or no such preset.
    """
    if model not in own.models:
        answers = "several answers" if own.several else "one answer"
        raise InputError(f"there is no network “{model}” for a set with {answers} to a question; choose one of "
                         f"{', '.join(own.models)}.")
    if preset not in OWN_PRESETS:
        raise InputError(f"the preset {preset} is for the paper's data; choose quick or standard for your own set.")
    recipe = Recipe(own.kind, model, preset=preset).with_fields(**_sizes(own), **_budget(own, preset))
    return recipe.with_fields(**_network(recipe))


def network_side(longest: int, *, several: bool) -> int:
    """Side of a network's images for pictures of a size, in pixels.

    Args:
        longest: Their longer side.
        several: Whether several answers are right at once.
    """
    return min(MOST_PIXELS[several], -(-longest // ROUNDED_TO) * ROUNDED_TO)


def _sizes(own: OwnSet) -> dict[str, Any]:
    side = network_side(own.side, several=own.several)
    if own.several:
        return {"image_size": side, "trunk": "vgg-tiny", "channels": 16}
    return {"image_size": side, "trunk": "plain" if side <= SMALL_IMAGES else "plain-5"}


def _budget(own: OwnSet, preset: str) -> dict[str, Any]:
    an_image = min(7, max(1, round(own.questions / own.images)))
    questions = min(MOST_QUESTIONS[preset], max(FEWEST_QUESTIONS, PASSES[preset] * own.questions))
    return {
        "questions_per_image": an_image, "images_per_batch": min(32, STEP_QUESTIONS // an_image),
        "questions": questions, "epoch_questions": questions // 12,
        "validation_scenes": max(1, own.images // 8),  # about as many as are held back; the time is estimated by it
    }  # fmt: skip


def _network(recipe: Recipe) -> dict[str, Any]:
    """Fields of the architecture and the loss: networks with gates get gate classifiers and the covering term."""
    model = recipe.model.removesuffix("-prior")
    if model == "stn-s":
        return {"whole_localization": True, "answer_weight": 0.5}
    if model in ("san", "han"):
        return {}
    gates = GATES[recipe.network.trunk]
    if model == "stn-m":
        return {"gates": gates, "answer_weight": 0.5}
    several = recipe.network.trunk == "vgg-tiny"
    radius = 1 if several else CONTEXT_RADIUS.get(model, 0)
    strictness = (1.0, 1.0) if several else _strictness(model, gates)
    wide = {"hidden": 64, "wide_context": True} if model == "pan-ctx-best" else {}
    return {"gates": gates, "context_radius": radius, "strictness": strictness,
            "reading_weight": READING_WEIGHT.get(model, 0.1), **OPEN_AT_FIRST, **wide}


def _strictness(model: str, gates: tuple[int, ...]) -> tuple[float, ...]:
    """The strictness for digits, shifted to the pools of these gates."""
    first, *rest = STRICTNESS[model]
    return (*[first] * (gates[0] - 1), *rest)
