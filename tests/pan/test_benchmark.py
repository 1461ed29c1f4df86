"""The benchmark measures what it says; no speed is asserted."""

from __future__ import annotations

import numpy as np
import pytest

from pan.benchmark import compare_scenes, measure_window, questions_per_second, try_squares
from pan.data.scenes import free_square
from pan.errors import InputError


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


def test_a_runs_speed_is_measured_from_its_own_events(tiny):
    assert questions_per_second(tiny("san"), steps=4) > 0


def test_a_module_that_fails_is_one_sentence():
    with pytest.raises(InputError, match="could not be measured"):
        measure_window("no_such_module")
