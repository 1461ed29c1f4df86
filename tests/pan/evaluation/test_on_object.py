"""One map held against one object, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pan.evaluation.on_object import on_object

ATTENTION = np.array([[1, 1], [2, 4]], np.float32)


def test_a_map_that_is_strongest_on_the_object_has_full_precision_whatever_its_share():
    assert on_object(ATTENTION, np.array([[False, False], [True, True]])) == pytest.approx((3 / 4, 1))


def test_pixels_of_equal_value_come_into_the_ranking_together():
    # The 4 is the first of the ranking and the object's; with the two ones 2 of 4 pixels are.
    assert on_object(ATTENTION, np.array([[True, False], [False, True]])) == pytest.approx((5 / 8, (1 + 1 / 2) / 2))


def test_an_empty_map_has_no_share_and_the_precision_of_an_even_one():
    assert on_object(np.zeros((2, 2), np.float32), np.array([[True, False], [False, False]])) == (0, 1 / 4)


def test_without_a_known_pixel_nothing_is_measured():
    assert on_object(ATTENTION, None) is None
    assert on_object(ATTENTION, np.zeros((2, 2), bool)) is None
