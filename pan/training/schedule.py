"""What changes over a run: the learning rate, and the weight of the covering term."""

from __future__ import annotations

import math

WARM_UP = 0.15
"""Share of the steps in which the learning rate rises."""


def one_cycle(share: float) -> float:
    """Learning rate over its peak: up along a cosine in the first steps, then down to nothing (Smith & Topin, 2018).

    Args:
        share: Of the steps that are done, 0 to 1.
    """
    if share < WARM_UP:
        return 0.5 - 0.5 * math.cos(math.pi * share / WARM_UP)
    return 0.5 + 0.5 * math.cos(math.pi * (share - WARM_UP) / (1 - WARM_UP))


FIRST_EPOCHS, HALVING_EPOCHS = 30, 10
"""Epochs of the released code: the rate is constant in the first, then it is halved after every so many."""


def steps(epoch: int) -> float:
    """Learning rate over its first value in an epoch, counted from 1."""
    return 0.5 ** max(0, -((FIRST_EPOCHS - epoch) // HALVING_EPOCHS))


def ramp(share: float, begin: float) -> float:
    """0 until `begin`, then linearly up to 1 at the end; both are shares of the steps."""
    return max(0.0, (share - begin) / (1 - begin))
