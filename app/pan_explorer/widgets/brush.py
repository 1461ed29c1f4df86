"""The cells of a grid that a round brush covers, at a point and along a stroke."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

Cell = tuple[int, int]


class Place(NamedTuple):
    """A point on a grid, in cells from its upper left corner."""

    x: float
    y: float


class Grid(NamedTuple):
    """The size of a grid."""

    rows: int
    columns: int

    def holds(self, cell: Cell) -> bool:
        """Whether the cell is on the grid."""
        return 0 <= cell[0] < self.rows and 0 <= cell[1] < self.columns

    def cells(self) -> frozenset[Cell]:
        """All cells."""
        return frozenset((row, column) for row in range(self.rows) for column in range(self.columns))


def covered(place: Place, size: int, grid: Grid) -> frozenset[Cell]:
    """The cell at the centre of a brush, and those whose centres it covers; the size is its diameter in cells."""
    reach = range(-size, size + 1)
    row, column = math.floor(place.y), math.floor(place.x)
    near = ((row + down, column + right) for down in reach for right in reach)
    cells = {cell for cell in near if math.hypot(cell[1] + 0.5 - place.x, cell[0] + 0.5 - place.y) <= size / 2}
    return frozenset(cell for cell in {(row, column), *cells} if grid.holds(cell))


def stroked(start: Place, end: Place, size: int, grid: Grid) -> frozenset[Cell]:
    """All cells that the brush covers along a line, so that a fast stroke has no gaps."""
    return frozenset(cell for place in _between(start, end) for cell in covered(place, size, grid))


def _between(start: Place, end: Place) -> Iterator[Place]:
    steps = max(1, math.ceil(2 * math.dist(start, end)))
    for step in range(1, steps + 1):
        share = step / steps
        yield Place(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
