"""Recipes for a set of one's own fit the set."""

from __future__ import annotations

import pytest

from pan.models.build import build_model
from pan.recipes.own import OWN_PRESETS, OwnSet, own_recipe
from pan.recipes.task import Task
from pan.system.errors import InputError

SHAPES = OwnSet("Shapes, on noise", several=False, questions=10_000, images=2_400, side=128)
THINGS = OwnSet("things", several=True, questions=10_000, images=2_400, side=500)


@pytest.mark.parametrize("own", [SHAPES, SHAPES._replace(side=500), THINGS], ids=["small", "large", "several"])
@pytest.mark.parametrize("preset", OWN_PRESETS)
def test_every_network_of_a_set_can_be_built_and_begins_from_nothing(own, preset):
    for model in own.models:
        recipe = own_recipe(model, own, preset)
        task = Task(recipe.data.image_size, ("cup", "hat"), ("red", "blue"), several=own.several)
        build_model(recipe, task)
        assert (recipe.start, recipe.preset) == ("", preset)


def test_a_recipe_is_called_by_the_sets_name():
    assert own_recipe("pan-ctx", SHAPES).name == "shapes-on-noise/pan-ctx"


@pytest.mark.parametrize(("name", "kind"), [("mref", "own-mref"), ("…", "own"), ("Formen ü", "formen-ü")])
def test_a_name_is_none_of_the_programs_own_and_never_empty(name, kind):
    assert SHAPES._replace(name=name).kind == kind


@pytest.mark.parametrize(
    ("side", "size", "trunk"),
    [(100, 112, "plain"), (160, 160, "plain"), (200, 208, "plain-5"), (4_000, 256, "plain-5")],
)
def test_images_keep_their_size_up_to_256_pixels_and_large_ones_have_a_fifth_pool(side, size, trunk):
    recipe = own_recipe("pan-ctx", SHAPES._replace(side=side))
    assert (recipe.data.image_size, recipe.network.trunk) == (size, trunk)
    assert recipe.network.gates == {"plain": (2, 3), "plain-5": (3, 4)}[trunk]


@pytest.mark.parametrize(("questions", "images", "asked", "batch"), [(2_400, 2_400, 1, 32), (9_600, 2_400, 4, 28),
                                                                      (240_000, 2_400, 7, 16)])  # fmt: skip
def test_a_batch_has_about_as_many_questions_as_on_digits(questions, images, asked, batch):
    recipe = own_recipe("san", SHAPES._replace(questions=questions, images=images))
    assert (recipe.data.questions_per_image, recipe.data.images_per_batch) == (asked, batch)


def test_a_small_set_is_trained_for_less_and_a_large_one_to_the_presets_end():
    budgets = [own_recipe("san", SHAPES._replace(questions=count), "quick").optimization.questions
               for count in (10, 2_000, 100_000)]
    assert budgets == [40_000, 80_000, 120_000]


def test_an_unsuitable_network_is_refused_with_suitable_ones_named():
    with pytest.raises(InputError, match=r"no network “stn-s” for a set with several answers.*; choose one of pan-ctx"):
        own_recipe("stn-s", THINGS)
    with pytest.raises(InputError, match="the preset authors is for the paper's data"):
        own_recipe("san", SHAPES, "authors")
