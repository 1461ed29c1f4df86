"""How often answers are right."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from pan.evaluation.accuracy import accuracy_by_scale, confuse
from pan.evaluation.intervals import image_interval, share_interval, wilson_interval


@pytest.mark.parametrize(
    ("right", "examples", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634)],
)
def test_the_interval_is_wilsons(right, examples, low, high):
    assert wilson_interval(right / examples, examples) == pytest.approx((low, high), abs=1e-4)


def test_questions_about_one_image_count_as_one_sample(rng):
    values = rng.normal(size=40)
    low, high = image_interval(values, np.arange(40))
    assert low < values.mean() < high
    again = image_interval(np.repeat(values, 10), np.repeat(np.arange(40), 10))
    assert again == pytest.approx((low, high))
    alone = image_interval(np.repeat(values, 10), np.arange(400))
    assert alone[1] - alone[0] < 0.4 * (high - low)


def test_an_interval_needs_two_images():
    assert image_interval(np.array([0.2, 0.4, np.nan]), np.array([3, 3, 5])) is None


def test_where_all_are_right_the_interval_is_wilsons_of_as_many_images():
    assert share_interval(np.ones(6, bool), np.array([0, 0, 0, 1, 1, 1])) == wilson_interval(1.0, 2)


def test_the_scale_is_cut_where_the_papers_figure_cuts_it():
    scale = np.array([0.5, 0.7, 1.0, 1.2, 3.0, np.nan])
    right = np.array([True, False, True, True, False, True])
    bins = accuracy_by_scale(right, scale, np.arange(6))
    assert [(each.low, each.high) for each in bins] == [(0.5, 1), (1, 1.5), (1.5, 2), (2, 2.5), (2.5, 3)]
    assert [each.examples for each in bins] == [3, 1, 0, 0, 1]
    assert [each.accuracy for each in bins] == [pytest.approx(2 / 3), 1.0, None, None, 0.0]
    assert bins[0].interval == share_interval(np.array([True, False, True]), np.arange(3))
    assert bins[2].interval is None


@pytest.mark.parametrize("scale", [np.linspace(0.2, 1.2, 101), np.geomspace(3, 500, 101), np.full(101, 0.1)])
def test_bins_fit_a_set_whose_scales_lie_elsewhere(scale):
    bins = accuracy_by_scale(np.ones(101, bool), scale, np.arange(101))
    assert sum(each.examples for each in bins) == 101
    assert (bins[0].low, bins[-1].high) == (scale.min(), scale.max())
    assert all(each.examples in (20, 21, 101) for each in bins)


def test_without_scales_there_are_no_bins():
    assert accuracy_by_scale(np.ones(3, bool), np.full(3, np.nan), np.arange(3)) is None


def test_the_confusion_is_scikit_learns(rng):
    answer, predicted = rng.integers(4, size=(2, 200))
    counts = confuse(answer, predicted, ("red", "green", "blue", "white")).counts
    assert (counts == confusion_matrix(answer, predicted, labels=range(4))).all()
