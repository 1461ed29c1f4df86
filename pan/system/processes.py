"""Processes that are started from anybody's script."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_main() -> Iterator[None]:
    """Start processes that do not run the script again which started them.

    A spawned process imports the main module, for it might need what is defined there; a script without
    `if __name__ == "__main__":` would train once more in each of them. Ours need nothing of it.
    """
    main: dict[str, object] = sys.modules["__main__"].__dict__
    told: dict[str, object] = {name: main.pop(name) for name in ("__file__", "__spec__") if name in main}
    main["__spec__"] = None  # asked for by name
    try:
        yield
    finally:
        main.update(told)
