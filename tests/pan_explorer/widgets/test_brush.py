"""A round brush on a grid."""

from __future__ import annotations

from pan_explorer.widgets.brush import Grid, Place, covered, stroked

GRID = Grid(6, 8)


def test_the_smallest_brush_covers_the_cell_below_it() -> None:
    assert covered(Place(2.1, 3.9), 1, GRID) == {(3, 2)}


def test_a_larger_brush_is_round_about_the_pointer() -> None:
    assert covered(Place(3.5, 2.5), 3, GRID) == {(row, column) for row in (1, 2, 3) for column in (2, 3, 4)}
    assert covered(Place(3.0, 3.0), 2, GRID) == {(2, 2), (2, 3), (3, 2), (3, 3)}
    assert (0, 1) not in covered(Place(3.5, 2.5), 5, GRID)


def test_the_brush_ends_with_the_grid() -> None:
    assert covered(Place(0.5, 0.5), 3, GRID) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert all(GRID.holds(cell) for cell in covered(Place(7.9, 5.9), 9, GRID))


def test_a_fast_stroke_leaves_no_gaps() -> None:
    assert stroked(Place(0.5, 2.5), Place(7.5, 2.5), 1, GRID) == {(2, column) for column in range(8)}
