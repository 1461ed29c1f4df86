"""Scenes of MNIST Reference as arrays, to look at and to ask about."""

from __future__ import annotations

from pan.data.digits.mnist import SPLITS
from pan.data.digits.scenes import Scene
from pan.data.sources import Sources, renderer
from pan.system.errors import InputError


def scenes(kind: str, count: int, seed: int, split: str = "test") -> tuple[Scene, ...]:
    """Draw scenes of coloured digits, with all that is true of them.

    Args:
        kind: `mref` (on black), `mdist` (among distractors) or `mbg` (on photographs).
        count: How many.
        seed: The same seed gives the same scenes; they are those of `pan data build` with it.
        split: Whose digits and photographs: no network has seen those of `test`.

    Returns:
        For each scene its `image` (100 100 3, bytes), `queries`, `answers` and `scales` of its digits, and their
        `masks` (n 100 100).

    Raises:
        InputError: If the kind, the part, the count or the seed cannot be used.
    """
    part = next((part for part in SPLITS if part == split), None)
    if part is None:
        raise InputError(f"there is no part “{split}”; choose one of {', '.join(SPLITS)}.")
    if count < 1 or seed < 0:
        raise InputError(f"scenes need a count of at least 1 and a seed of at least 0, not {count} and {seed}.")
    return tuple(renderer(kind, part, Sources()).scenes((seed, SPLITS.index(part)), count))
