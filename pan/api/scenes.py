"""`pan.scenes`: scenes of MNIST Reference as arrays."""

from __future__ import annotations

from pan.data.digits.mnist import SPLITS
from pan.data.digits.scenes import Scene
from pan.data.sources import Sources, renderer
from pan.system.errors import InputError


def scenes(kind: str, count: int, seed: int, split: str = "test") -> tuple[Scene, ...]:
    """Draw scenes of coloured digits, with their ground truth.

    Args:
        kind: `mref` (on black), `mdist` (among distractors) or `mbg` (on photographs).
        count: The number of scenes.
        seed: The same seed gives the same scenes, also in `pan data build`.
        split: The part whose digits and photographs are used; shipped networks were trained on none of `test`.

    Returns:
        For each scene the `image` (100 100 3, uint8), and of its n digits the `queries`, `answers`, `scales` and
        `masks` (n 100 100, bool).

    Raises:
        InputError: If there is no such kind or part, or the count or the seed is out of range.
    """
    part = next((part for part in SPLITS if part == split), None)
    if part is None:
        raise InputError(f"there is no part “{split}”; choose one of {', '.join(SPLITS)}.")
    if count < 1 or seed < 0:
        raise InputError(f"scenes need a count of at least 1 and a seed of at least 0, not {count} and {seed}.")
    return tuple(renderer(kind, part, Sources()).scenes((seed, SPLITS.index(part)), count))
