"""What is asked, and all that decides how a network is trained to answer it; without torch."""

from __future__ import annotations

from pan.system.callable_package import make_callable


def names() -> tuple[str, ...]:
    """What can be trained: the names that `pan.train` knows, such as `mref/pan-ctx`."""
    from pan.recipes.by_name import RECIPES

    return RECIPES


make_callable(__name__, names)
