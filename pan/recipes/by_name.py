"""All recipes by name: one for each row of the paper's tables, with several presets."""

from __future__ import annotations

from typing import Literal, get_args

from pan.recipes.attributes import ATTRIBUTE_RECIPES, attribute_recipe
from pan.recipes.digits import DIGIT_RECIPES, digit_recipe
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError

Preset = Literal["quick", "standard", "paper", "authors"]
PRESETS: tuple[Preset, ...] = get_args(Preset)

RECIPES = (*DIGIT_RECIPES, *ATTRIBUTE_RECIPES)
"""The names that `find_recipe` accepts."""


def find_recipe(name: str, preset: str = "standard") -> Recipe:
    """The recipe called `KIND/MODEL` in a preset.

    Raises:
        InputError: If there is none.
    """
    if name not in RECIPES:
        raise InputError(f"there is no recipe “{name}”; choose one of {', '.join(RECIPES)}.")
    if preset not in PRESETS:
        raise InputError(f"there is no preset “{preset}”; choose one of {', '.join(PRESETS)}.")
    if preset == "authors" and name in ATTRIBUTE_RECIPES:
        raise InputError(f"the preset authors is for scenes of digits, not for {name}; "
                         "choose quick, standard or paper.")
    kind, model = name.split("/")
    recipe = attribute_recipe if name in ATTRIBUTE_RECIPES else digit_recipe
    return recipe(kind, model, preset)
