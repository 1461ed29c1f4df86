"""Crosses on closed cells and rings on opened ones, as one image: shape and colour both tell them apart."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from jaxtyping import Float, UInt8

from pan_explorer.widgets.brush import Cell, Grid

CLOSED, OPEN = (240, 110, 20), (30, 200, 150)  # lighter than the networks' colours, for they lie on dark maps
TINT, LINE = 64, 255
SIDE = 480
"""Pixels of the picture's side at least; each cell has a whole number of them."""
SMALLEST_TILE = 12


def marks(grid: Grid, closed: Collection[Cell], opened: Collection[Cell]) -> UInt8[np.ndarray, "h w 4"]:
    """The marks of a whole map; cells outside the grid are left out."""
    tile = max(SMALLEST_TILE, SIDE // max(grid))
    picture = np.zeros((grid.rows, tile, grid.columns, tile, 4), np.uint8)
    for cells, form in ((closed, _tile(_cross(tile), CLOSED)), (opened, _tile(_ring(tile), OPEN))):
        if there := [cell for cell in cells if grid.holds(cell)]:
            rows, columns = np.array(there).T
            picture[rows, :, columns] = form
    return picture.reshape(grid.rows * tile, grid.columns * tile, 4)


def _tile(form: Float[np.ndarray, "t t"], colour: tuple[int, int, int]) -> UInt8[np.ndarray, "t t 4"]:
    tile = np.zeros((*form.shape, 4), np.uint8)
    tile[..., :3] = colour
    tile[..., 3] = np.rint(TINT + form * (LINE - TINT))
    return tile


def _cross(tile: int) -> Float[np.ndarray, "t t"]:
    down, right = _places(tile)
    inside = np.maximum(abs(down), abs(right)) < 0.3
    return np.where(inside, _line(np.minimum(abs(down - right), abs(down + right)) / np.sqrt(2), tile), 0.0)


def _ring(tile: int) -> Float[np.ndarray, "t t"]:
    return _line(abs(np.hypot(*_places(tile)) - 0.26), tile)


def _places(tile: int) -> tuple[Float[np.ndarray, "t 1"], Float[np.ndarray, "1 t"]]:
    along = (np.arange(tile) + 0.5) / tile - 0.5
    return along[:, None], along[None]


def _line(distance: Float[np.ndarray, "t t"], tile: int) -> Float[np.ndarray, "t t"]:
    """The coverage of an antialiased line, which is relatively thinner in large cells."""
    half = max(0.6, 0.02 * tile) / tile
    line: Float[np.ndarray, "t t"] = np.clip((half - distance) * tile + 0.5, 0, 1)
    return line
