"""How a pane's room is shared."""

from __future__ import annotations

from pan_explorer.panels.explore.pane_fit import MORE_ROW, PaneFit, TextHeights, fit_pane, least_height

HEIGHTS = TextHeights()


def fit(width: int, height: int, layers: int, rows: int, heights: TextHeights = HEIGHTS) -> PaneFit:
    return fit_pane(width, height, layers, rows, heights)


def test_one_network_in_a_wide_place_has_its_answers_beside_the_picture() -> None:
    assert fit(908, 560, layers=4, rows=5).aside
    assert not fit(292, 600, layers=4, rows=5).aside


def test_room_under_a_picture_as_wide_as_the_pane_goes_to_the_layers_and_the_answers() -> None:
    low, high = fit(292, 440, layers=4, rows=5), fit(292, 620, layers=4, rows=5)
    assert (low.line, low.row) == (0, HEIGHTS.row)
    assert high.line > 0
    assert high.row == HEIGHTS.row + MORE_ROW
    assert high.film > low.film
    assert high.film_width(4) <= 292


def test_small_pictures_do_not_take_the_room_of_the_large_one() -> None:
    assert fit(446, 520, layers=4, rows=5).film < fit(446, 700, layers=4, rows=5).film


def test_the_line_of_the_tpr_is_high_enough_to_rise_where_there_is_room() -> None:
    lines = [fit(292, height, layers=4, rows=5).line for height in (560, 600, 640, 680, 900)]
    assert lines == sorted(lines)
    assert lines[-1] > lines[0]


def test_larger_letters_take_room_from_the_picture_and_keep_their_own() -> None:
    large = TextHeights(head=34, film=56, row=30)
    assert fit(292, 600, layers=4, rows=5, heights=large).row >= large.row
    assert least_height(5, large) - least_height(5, HEIGHTS) == 5 * 11 + 18
