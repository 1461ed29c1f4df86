"""Recipes keep to their budget, and each builds the network that its name says."""

from __future__ import annotations

import pytest

from pan.models.build import build_model
from pan.recipes.by_name import PRESETS, find_recipe
from pan.recipes.digits import KINDS, MODELS
from pan.recipes.task import MNIST_REFERENCE

MOST_QUESTIONS = dict.fromkeys(MODELS, 1_200_000) | {"pan": 1_320_000}  # on top of all that SAN was trained with


def questions_in_all(name):
    recipe = find_recipe(name)
    return recipe.optimization.questions + (questions_in_all(recipe.start) if recipe.start else 0)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_standard_network_keeps_to_the_budget_with_all_it_begins_from(kind, model):
    assert questions_in_all(f"{kind}/{model}") <= MOST_QUESTIONS[model]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("model", MODELS)
def test_every_preset_of_every_network_can_be_built(model, preset):
    recipe = find_recipe(f"mref/{model}", preset)
    network = build_model(recipe, MNIST_REFERENCE)
    assert [name for name, _ in getattr(network, "gates", {}).items()] == (
        [f"att{pool}" for pool in recipe.network.gates] if model.startswith("pan") else [])


def test_the_paper_preset_is_the_literal_text():
    for model in MODELS:
        recipe = find_recipe(f"mref/{model}", "paper")
        assert (recipe.data.questions_per_image, recipe.network.normalize) == (1, False)
        assert (recipe.start, recipe.objective.answer_weight) == ("", 0.0)
