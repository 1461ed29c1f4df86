"""How a pane's room is shared."""

from __future__ import annotations

from pan_explorer.panels.explore.pane_fit import LEAST_ROW, MOST_ROW, fit_pane


def test_one_network_in_a_wide_place_has_its_answers_beside_the_picture() -> None:
    assert fit_pane(908, 560, layers=4, rows=5).aside
    assert not fit_pane(292, 600, layers=4, rows=5).aside


def test_room_under_a_picture_as_wide_as_the_pane_goes_to_the_layers_and_the_answers() -> None:
    low, high = fit_pane(292, 440, layers=4, rows=5), fit_pane(292, 620, layers=4, rows=5)
    assert (low.line, low.row) == (0, LEAST_ROW)
    assert high.line > 0
    assert high.row == MOST_ROW
    assert high.film > low.film
    assert high.film_width(4) <= 292


def test_small_pictures_do_not_take_the_room_of_the_large_one() -> None:
    assert fit_pane(446, 520, layers=4, rows=5).film < fit_pane(446, 700, layers=4, rows=5).film


def test_the_line_of_the_tpr_is_high_enough_to_rise_where_there_is_room() -> None:
    lines = [fit_pane(292, height, layers=4, rows=5).line for height in (560, 600, 640, 680, 900)]
    assert lines == sorted(lines)
    assert lines[-1] > lines[0]
