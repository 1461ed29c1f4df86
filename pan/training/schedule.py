"""Schedules of the learning rate and of the weight of the covering term."""

from __future__ import annotations

import math

WARM_UP = 0.15
"""Share of the steps in which the learning rate rises."""


def one_cycle(share: float) -> float:
    """One-cycle schedule, as a factor of the peak learning rate: a cosine up, then one down to 0 (Smith & Topin, 2018).

    Args:
        share: Share of the steps done, 0 to 1.
    """
    if share < WARM_UP:
        return 0.5 - 0.5 * math.cos(math.pi * share / WARM_UP)
    return 0.5 + 0.5 * math.cos(math.pi * (share - WARM_UP) / (1 - WARM_UP))


FIRST_EPOCHS, HALVING_EPOCHS = 30, 10
"""The released code's schedule: a constant rate in the first epochs, which is then halved at regular intervals."""


def steps(epoch: int) -> float:
    """Step schedule, as a factor of the first learning rate, in an epoch counted from 1."""
    return 0.5 ** max(0, -((FIRST_EPOCHS - epoch) // HALVING_EPOCHS))


def ramp(share: float, begin: float) -> float:
    """Linear ramp from 0 at `begin` to 1 at the end; both arguments are shares of the steps."""
    return max(0.0, (share - begin) / (1 - begin))
