"""pyqtgraph as all plots here want it; it takes a part of a second to import, so only what is drawn brings it."""

from __future__ import annotations

import pyqtgraph as pg

pg.setConfigOptions(antialias=True, imageAxisOrder="row-major")

__all__ = ["pg"]
