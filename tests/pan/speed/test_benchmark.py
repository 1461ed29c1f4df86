"""The benchmark measures what it says; no speed is asserted."""

from __future__ import annotations

import numpy as np
import pytest

from pan.data.scenes import free_square
from pan.errors import InputError
from pan.speed.benchmark import compare_scenes, questions_per_second, train_plainly, try_squares
from pan.speed.bounds import find_bound, matrix_product_peak, operations_per_question
from pan.speed.start_up import StartUp, measure_start_up
from pan.speed.window import measure_window, window_speeds
from pan.training.loop import train


@pytest.mark.parametrize("find_square", [free_square, try_squares])
def test_both_ways_to_place_a_digit_find_a_square_without_ink(find_square):
    rng = np.random.default_rng(0)
    segmentation = np.zeros((100, 100), np.uint8)
    segmentation[20:60, 10:90] = 1
    for _ in range(50):
        scale, top, left = find_square(segmentation, rng)
        side = int(28 * scale)
        window = segmentation[top : top + side, left : left + side]
        assert window.shape == (side, side)
        assert not window.any()


def test_a_comparison_gives_both_speeds_and_their_ratio():
    compared = compare_scenes(3, turns=1)
    assert compared.ratio == pytest.approx(compared.speed / compared.plain)


@pytest.mark.parametrize("training", [train, train_plainly])
def test_a_runs_speed_is_measured_from_its_own_events(training, tiny):
    assert questions_per_second(tiny("san"), 4, training) > 0


def test_a_module_that_fails_is_one_sentence():
    with pytest.raises(InputError, match="could not be measured"):
        measure_window("no_such_module")


@pytest.mark.parametrize("model", ["san", "pan-ctx"])
def test_operations_are_those_of_the_convolutions_and_grow_with_the_network(model, tiny):
    small, wide = (operations_per_question(tiny(model, channels=channels)) for channels in (4, 8))
    assert 0 < small < wide


def test_questions_that_share_a_trunk_cost_fewer_operations(tiny):
    together = operations_per_question(tiny("san"))
    alone = operations_per_question(tiny("san", questions_per_image=1, images_per_batch=28))
    assert alone > 6 * together


def test_a_bound_names_the_share_of_the_peak_and_where_the_time_goes(tiny):
    recipe = tiny("han")
    bound = find_bound(recipe, questions_per_second=1_000.0, peak=matrix_product_peak(recipe))
    assert bound.rate == pytest.approx(bound.operations * 1e6 * 1_000 / 1e9)
    assert 0 < bound.share < 1
    assert 0 < sum(bound.operators.values()) <= 1


def test_a_window_that_cannot_be_shown_is_one_sentence(monkeypatch):
    monkeypatch.setattr("pan.speed.start_up.SHOWN", ("-m", "no_such_module"))
    with pytest.raises(InputError, match="no_such_module could not be measured"):
        measure_start_up(1)


def test_each_speed_of_the_window_is_held_against_what_it_must_be():
    start = StartUp(shown=0.3, filled=0.9, qt=0.2, ratio=1.5, filled_ratio=4.5)
    speeds = window_speeds({"median": 49.0, "networks": 5}, {"answers_per_second": 20.0, "networks": 3},
                           {"longest_gap": 151.0}, {"cost": 0.1}, start)
    assert [each.holds for each in speeds] == [True, True, False, True, False]
    assert [each.measured for each in speeds] == ["49 ms", "20 / s", "151 ms", "10.0 %", "1.50 ×"]
