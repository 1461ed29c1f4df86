"""The recipe for an own set, from its index and the sizes of some images."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from pan.data.check.rows import Asked, read_rows
from pan.data.labelled.index import is_labelled
from pan.data.opening import image_size
from pan.data.parts import INDEX, Part, training_part
from pan.recipes.by_name import find_recipe
from pan.recipes.own import OwnSet, own_recipe
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError

LOOKED_AT = 60
"""The number of images, spread over the set, whose size is read."""


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


def usual_side(images: Sequence[Path]) -> int:
    """The longer side of a set's images in pixels, as the median over some of them.

    Raises:
        InputError: If none of them can be opened.
    """
    return round(median(_sides(images[:: max(1, len(images) // LOOKED_AT)])))


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


def _sides(images: Sequence[Path]) -> list[int]:
    """The longer side of each readable image; training reports the others."""
    sides = []
    for image in images:
        try:
            sides.append(max(image_size(image)))
        except (InputError, OSError):
            continue
    if not sides:
        raise InputError(f"{images[0]} and the other images of the set cannot be opened; check the set with "
                         "pan data check.")
    return sides
