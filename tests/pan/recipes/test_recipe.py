"""The words of a task, and the fields of a recipe."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from pan.recipes.by_name import find_recipe
from pan.recipes.recipe import GROUPS, Recipe
from pan.recipes.task import MNIST_REFERENCE, Task
from pan.system.errors import InputError

MANY = Task(224, (*(f"word{number}" for number in range(800)), "fire hydrant", "truck"), ("red",), several=True)


def test_of_few_words_all_may_be_chosen():
    with pytest.raises(InputError, match=r"“ten” cannot be asked; choose one of 0, 1, 2, .*9\."):
        MNIST_REFERENCE.query_index("ten")


def test_of_many_words_the_nearest_are_suggested():
    said = r"“Fire hidrant” cannot be asked; of 802 known words the most similar (is|are) fire hydrant"
    with pytest.raises(InputError, match=said) as told:
        MANY.query_index("Fire hidrant")
    assert len(str(told.value)) < 200
    assert MANY.query_index("truck") == 801


def test_where_no_word_is_near_some_are_named():
    with pytest.raises(InputError, match=r"none of the 802 known words is similar; choose one such as word0, word1"):
        MANY.query_index("🂡")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("learning_rate", "1e400", "learning_rate must be a finite number, not inf"),
        ("gate_bias", "nan", "gate_bias must be a finite number, not nan"),
        ("localization_rate", "inf", "localization_rate must be a finite number, not inf"),
        ("seed", "99999999999999999999999", "seed must be at most 9223372036854775807"),
        ("seed", "-1", "seed must be 0 or above"),
        ("channels", "100000000", "channels must be at most 65536"),
        ("channels", "0", "channels must be at least 1"),
        ("gates", "5", "gates must be a rising choice of 1,2,3"),
        ("normalize", "maybe", "“maybe” is not a value of normalize"),
        ("strictness", "0.5,1,nan", "strictness must be a finite number, not nan"),
        ("strictness", "0.5,1,some", "“0.5,1,some” is not a value of strictness"),
        ("nonsense", "1", "a recipe has no field “nonsense”"),
    ],
)
def test_a_setting_that_cannot_be_trained_with_is_refused_by_its_name(field, text, said):
    with pytest.raises(InputError, match=said):
        Recipe("mref", "pan-ctx").with_settings({field: text})


def test_a_setting_of_several_numbers_keeps_whole_ones_and_parts_of_one():
    recipe = find_recipe("mref/pan-ctx").with_settings({"gates": "2,3", "strictness": "0.25,0.12,1"})
    assert (recipe.network.gates, recipe.objective.strictness) == ((2, 3), (0.25, 0.12, 1))


def test_a_setting_of_several_numbers_takes_them_as_python_writes_them():
    numbers = (1e-05, 2e16, 1)
    recipe = find_recipe("mref/pan-ctx").with_settings({"strictness": ",".join(map(str, numbers))})
    assert recipe.objective.strictness == numbers


def test_no_two_groups_have_a_field_of_the_same_name():
    names = [field.name for group in (Recipe, *GROUPS.values()) for field in fields(group)]
    assert len(names) == len(set(names))


def test_a_recipe_in_json_has_its_fields_side_by_side_and_is_read_back():
    recipe = find_recipe("mbg/pan-ctx").with_fields(gates=(2, 3), learning_rate=0.001, seed=4)
    values = json.loads(json.dumps(recipe.to_json()))
    assert (values["gates"], values["learning_rate"], values["seed"]) == ([2, 3], 0.001, 4)
    assert Recipe.from_json(values) == recipe


def test_fields_that_differ_between_two_recipes_are_named():
    base = find_recipe("mref/san")
    assert base.with_fields(channels=8, seed=2).changes_from(base) == {"seed": 2, "channels": 8}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"image_size": 8}, "image_size must leave a cell behind every pooling, which 8 does not"),
        ({"accumulation": 17}, "accumulation must be at most images_per_batch, which is 16, not 17"),
        ({"strictness": (1.0,)}, "strictness must give a number for each pool up to 3, not 1"),
    ],
)
def test_groups_that_contradict_each_other_are_refused(changes, said):
    with pytest.raises(InputError, match=said):
        find_recipe("mref/pan-ctx").with_fields(**changes)


@pytest.mark.parametrize(("questions", "steps"), [(112, 1), (113, 2), (224, 2), (225, 3)])
def test_the_last_questions_of_a_budget_have_a_step_too(questions, steps):
    recipe = find_recipe("mref/san").with_fields(questions=questions)  # 16 images with 7 questions each are a batch
    assert recipe.steps == steps
