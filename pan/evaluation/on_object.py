"""Measures of a single map on a single object, as in an evaluation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float

from pan.attention.maps import true_positive_ratio
from pan.evaluation.covering import Ranking


class OnObject(NamedTuple):
    """Measures of a map on the queried object, 0 to 1.

    Attributes:
        tpr: Share of the map's mass on the object (section 4.1); 0 for an empty map.
        pxap: Pixel average precision of the map (Choe et al., 2020).
    """

    tpr: float
    pxap: float


def on_object(attention: Float[np.ndarray, "S S"], mask: Bool[np.ndarray, "S S"] | None) -> OnObject | None:
    """Measure a map at the image's pixels; None without a mask."""
    if mask is None or not mask.any():
        return None
    share = true_positive_ratio(torch.from_numpy(attention)[None, None], torch.from_numpy(mask)[None, None])
    return OnObject(share.item(), float(Ranking(attention.reshape(1, -1), mask.reshape(1, -1)).precision()[0]))
