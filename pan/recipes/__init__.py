"""Tasks and training recipes; nothing here imports torch."""

from __future__ import annotations

from pan.system.callable_package import make_callable


def names() -> tuple[str, ...]:
    """The names that `pan.train` accepts, such as `mref/pan-ctx`."""
    from pan.recipes.by_name import RECIPES

    return RECIPES


make_callable(__name__, names)
