"""The recipe for an own set, from its index and the usual side of its images."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pan.data.check.rows import Asked, read_rows
from pan.data.labelled.index import is_labelled
from pan.data.parts import INDEX, Part, training_part
from pan.data.usual_side import usual_side
from pan.recipes.by_name import find_recipe
from pan.recipes.own import OwnSet, own_recipe
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError


def own_set(data: Path) -> OwnSet:
    """The properties of a set's training part that its recipe depends on.

    Raises:
        InputError: If the set cannot be read.
    """
    part = training_part(data)
    rows = read_rows(part.folder)
    return _own_set(data, [row.image for row in rows if part.name in (None, row.part)])


def own_set_of(data: Path, rows: Sequence[Asked]) -> OwnSet:
    """The same as `own_set`, from the rows of the whole set.

    Raises:
        InputError: If the set has parts, but no `train` or no image in it, or no image can be opened.
    """
    whole = training_part(data) == Part(data)
    return _own_set(data, [row.image for row in rows if whole or row.part == "train"])


def _own_set(data: Path, images: Sequence[Path]) -> OwnSet:
    """From the image of each training question."""
    if not images:
        raise InputError(f"no image of {data / INDEX} is in part train; correct split.csv.")
    each = list(dict.fromkeys(images))
    return OwnSet(data.absolute().name, is_labelled(data), len(images), len(each), usual_side(each))


def recipe_for(name: str, preset: str, data: Path | None) -> Recipe:
    """Find or make the recipe for a name.

    Args:
        name: KIND/MODEL, or with an own set only MODEL.
        preset: One of `PRESETS`.
        data: The own set, None for the built-in data sets.

    Raises:
        InputError: If there is no such recipe, or the set cannot be read.
    """
    if "/" in name or data is None:
        return find_recipe(name, preset)
    return own_recipe(name, own_set(data), preset)
