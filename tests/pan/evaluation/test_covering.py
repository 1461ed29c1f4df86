"""Whether maps cover their objects."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from pan.evaluation.covering import THRESHOLDS, Ranking


@pytest.fixture
def half():
    """An object of the first 50 of 100 pixels."""
    return np.arange(100)[None] < 50


def test_precision_is_scikit_learns(rng):
    maps = rng.random((5, 400), np.float32) ** 4
    maps[0, ::3] = 0  # pixels of equal value
    masks = rng.random((5, 400)) < 0.2
    expected = [average_precision_score(mask, row) for mask, row in zip(masks, maps, strict=True)]
    assert Ranking(maps, masks).precision() == pytest.approx(expected, abs=1e-3)


def test_a_map_of_the_objects_shape_is_perfect_and_a_dot_on_it_is_not(half):
    shape, dot = half.astype(np.float32), np.zeros((1, 100), np.float32)
    dot[0, 0] = 1
    ranking = Ranking(np.concatenate([shape, dot]), half.repeat(2, 0))
    assert ranking.precision() == pytest.approx([1, 1 / 50 + 49 / 50 * 0.5])
    assert ranking.coverage() == pytest.approx([1, 1 / 50])
    assert ranking.overlap().max(1) == pytest.approx([1, 1 / 50])


def test_the_scale_of_a_map_changes_nothing(rng, half):
    maps = rng.random((1, 100), np.float32)
    own, faint = Ranking(maps, half), Ranking(maps * 1e-20, half)
    assert own.precision() == pytest.approx(faint.precision())
    assert own.coverage() == pytest.approx(faint.coverage())
    assert own.overlap() == pytest.approx(faint.overlap())


def test_an_empty_map_ranks_all_pixels_alike(half):
    ranking = Ranking(np.zeros((1, 100), np.float32), half)
    assert ranking.precision() == pytest.approx([0.5])
    assert ranking.coverage() == [0]


def test_overlap_falls_where_the_threshold_cuts_the_object(half):
    maps = np.where(half, 0.5, 0.2).astype(np.float32)
    maps[0, 0] = 1
    (overlap,) = Ranking(maps, half).overlap()
    assert overlap[THRESHOLDS < 0.2] == pytest.approx(0.5)
    assert overlap[(THRESHOLDS > 0.21) & (THRESHOLDS < 0.5)] == pytest.approx(1)
    assert overlap[THRESHOLDS > 0.51] == pytest.approx(1 / 50)
