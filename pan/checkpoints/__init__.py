"""Trained networks: one file each, and the library of all at hand."""

from __future__ import annotations

from pan.system.callable_package import make_callable


def names() -> tuple[str, ...]:
    """The networks at hand, as `pan.load` knows them: those that come with the program, the user's own, and the runs.

    A run is called by its folder, and only those that have weights are told.
    """
    from pan.checkpoints.library import list_entries

    return tuple(entry.name for entry in list_entries() if entry.trained)


make_callable(__name__, names)
