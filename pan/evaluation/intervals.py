"""95 % intervals: how far a number may be from that of questions without end."""

from __future__ import annotations

import math

from jaxtyping import Float
from torch import Tensor

Z = 1.959963984540054  # the normal distribution holds 95 % within ± Z

Interval = tuple[float, float]


def wilson_interval(right: int, examples: int) -> Interval:
    """The interval of Wilson (1927) for a share: inside [0, 1] even where all answers are right."""
    share, square = right / examples, Z * Z / examples
    middle = (share + square / 2) / (1 + square)
    reach = Z * math.sqrt(share * (1 - share) / examples + square / (4 * examples)) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def mean_interval(values: Float[Tensor, " N"]) -> Interval | None:
    """The normal interval of a mean, NaNs left out; None for fewer than two values."""
    known = values[~values.isnan()].double()
    if len(known) < 2:
        return None
    mean, reach = known.mean().item(), Z * known.std().item() / math.sqrt(len(known))
    return mean - reach, mean + reach
