"""Trained networks: the checkpoint file, and the library of all checkpoints and runs."""

from __future__ import annotations

from pan.system.callable_package import make_callable


def names() -> tuple[str, ...]:
    """The names that `pan.load` accepts: shipped checkpoints, imported ones, and runs that have weights.

    The name of a run is the path of its folder.
    """
    from pan.checkpoints.library import list_entries

    return tuple(entry.name for entry in list_entries() if entry.trained)


make_callable(__name__, names)
