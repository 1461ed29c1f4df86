"""The colour maps of data, as lookup tables."""

from __future__ import annotations

from functools import cache

import numpy as np
from jaxtyping import UInt8


@cache
def colour_table(name: str) -> UInt8[np.ndarray, "256 3"]:
    """A colour map as 256 RGB colours, low values first."""
    from pyqtgraph import colormap  # slow to import, and not needed by the first window

    table: UInt8[np.ndarray, "256 3"] = colormap.get(name).getLookupTable(nPts=256)[:, :3].astype(np.uint8)
    return table
