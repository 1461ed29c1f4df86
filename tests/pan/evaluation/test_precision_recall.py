"""Attention as a detector of the object's pixels."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.metrics import average_precision_score, precision_recall_curve

from pan.evaluation.precision_recall import PixelHistogram


def rescaled(maps):
    flat = maps.flatten(1)
    low, high = flat.aminmax(dim=1, keepdim=True)
    return ((flat - low) / (high - low)).flatten().numpy()


def histogram_of(maps, masks, batch=5):
    histogram = PixelHistogram()
    for start in range(0, len(maps), batch):
        histogram.add(maps[start : start + batch], masks[start : start + batch])
    return histogram


@pytest.fixture
def pixels(rng):
    """Twelve maps that are greater on the object, sharply peaked as a softmax is, of very different sizes."""
    masks = torch.from_numpy(rng.random((12, 20, 20)) < 0.05)
    scores = torch.from_numpy(rng.normal(size=(12, 20, 20)) * 2).float() + 2 * masks
    return scores.flatten(1).softmax(1).view_as(scores), masks


def test_average_precision_is_scikit_learns(pixels):
    maps, masks = pixels
    expected = average_precision_score(masks.flatten().numpy(), rescaled(maps))
    assert histogram_of(maps, masks).average_precision() == pytest.approx(expected, abs=2e-3)


def test_average_precision_is_exact_where_values_differ_by_more_than_a_bin(rng):
    maps = torch.from_numpy(rng.integers(9, size=(6, 8, 8)) / 8).float()
    masks = torch.from_numpy(rng.random((6, 8, 8)) < 0.3)
    assert histogram_of(maps, masks).average_precision() == pytest.approx(
        average_precision_score(masks.flatten().numpy(), rescaled(maps)), abs=1e-12
    )


def test_the_curve_lies_on_scikit_learns(pixels):
    maps, masks = pixels
    curve = histogram_of(maps, masks).curve()
    precision, recall, _ = precision_recall_curve(masks.flatten().numpy(), rescaled(maps))
    assert 30 < len(curve.recall) == len(curve.precision) <= 101
    assert np.all(np.diff(curve.recall) > 0)
    assert curve.recall[-1] == 1
    distance = np.abs(np.subtract.outer(curve.precision, precision)) + np.abs(np.subtract.outer(curve.recall, recall))
    assert distance.min(1).max() < 0.01


def test_results_do_not_depend_on_the_batch_size(pixels):
    one, other = (histogram_of(*pixels, batch=batch) for batch in (1, 12))
    assert one.curve() == other.curve()


def test_a_map_that_is_the_mask_is_a_perfect_detector():
    masks = torch.zeros(1, 4, 4, dtype=torch.bool)
    masks[0, 1, 1:3] = True
    histogram = histogram_of(masks.float() * 0.2 + 0.1, masks)
    assert histogram.average_precision() == 1
    assert histogram.curve().precision[0] == 1


def test_an_even_map_knows_no_more_than_the_objects_share():
    masks = torch.zeros(1, 4, 4, dtype=torch.bool)
    masks[0, 0] = True
    histogram = histogram_of(torch.full((1, 4, 4), 0.3), masks)
    assert histogram.average_precision() == 0.25
    assert histogram.curve() == ([0.25], [1.0])


def test_without_objects_there_is_no_curve():
    histogram = histogram_of(torch.rand(2, 4, 4), torch.zeros(2, 4, 4, dtype=torch.bool))
    assert histogram.average_precision() is None
    assert histogram.curve() is None
    assert PixelHistogram().curve() is None
