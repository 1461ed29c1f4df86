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


@pytest.mark.parametrize("model", MODELS)
def test_a_network_among_distractors_and_on_photographs_starts_as_it_is_on_black(model):
    assert [find_recipe(f"{kind}/{model}").start for kind in ("mdist", "mbg")] == [f"mref/{model}"] * 2


def test_the_quick_preset_has_no_gate_at_the_first_pool_and_the_authors_see_a_neighbour_far():
    assert find_recipe("mref/pan-ctx", "quick").network.gates == (2, 3)
    assert [find_recipe(f"mref/{model}", "authors").network.context_radius for model in ("pan-ctx", "pan")] == [1, 0]


def test_the_paper_preset_is_the_literal_text():
    for model in MODELS:
        recipe = find_recipe(f"mref/{model}", "paper")
        assert (recipe.data.questions_per_image, recipe.network.normalize) == (1, False)
        assert (recipe.start, recipe.objective.answer_weight) == ("", 0.0)
