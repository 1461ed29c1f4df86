"""How one map lies on one object: the measures of a whole set, for a single question."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float

from pan.attention.maps import true_positive_ratio
from pan.evaluation.covering import Ranking


class OnObject(NamedTuple):
    """A map held against the queried object, 0 to 1.

    Attributes:
        tpr: Share of the map's mass on the object (section 4.1); 0 for an empty map.
        pxap: Average precision of the map's pixels as a detector of the object's (Choe et al., 2020).
    """

    tpr: float
    pxap: float


def on_object(attention: Float[np.ndarray, "S S"], mask: Bool[np.ndarray, "S S"] | None) -> OnObject | None:
    """Measure a map at the image's pixels; None where no pixel of the object is known."""
    if mask is None or not mask.any():
        return None
    share = true_positive_ratio(torch.from_numpy(attention)[None, None], torch.from_numpy(mask)[None, None])
    return OnObject(share.item(), float(Ranking(attention.reshape(1, -1), mask.reshape(1, -1)).precision()[0]))
