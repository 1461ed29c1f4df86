"""What maps that are open exactly on the object score."""

from __future__ import annotations

import numpy as np
import pytest

from pan.evaluation.oracle import measure_oracle, oracle_at, oracle_maps
from pan.models.geometry import ReceptiveField
from tests.pan.conftest import drained

FIELD = ReceptiveField(size=8, stride=2, start=0)
"""Two cells with centres 4 and 6; as tiles of 12 pixels they would have 3 and 9."""


@pytest.fixture
def corner():
    """An object of 5 × 5 pixels in the corner of an image of 12 × 12."""
    mask = np.zeros((1, 12, 12), bool)
    mask[0, :5, :5] = True
    return mask


def test_a_cell_is_open_where_its_centre_lies_on_the_object(corner):
    assert oracle_maps(corner, FIELD, 2).tolist() == [[[True, False], [False, False]]]
    right_of_the_first_centre = np.zeros((1, 12, 12), bool)
    right_of_the_first_centre[0, :, 4:] = True
    assert oracle_maps(right_of_the_first_centre, FIELD, 2).all()


def test_maps_at_their_cells_centres_score_more_than_tiles(corner):
    measured = oracle_at(corner, FIELD, 2, padding=1, pool=1)
    weights = np.array([1, 1, 1, 1, 0.75, 0.25, 0, 0, 0, 0, 0, 0])
    assert measured.registered.tpr == pytest.approx((weights[:5].sum() / weights.sum()) ** 2)
    tiles = np.clip(1 - (np.arange(12) + 0.5 - 3) / 6, 0, 1)
    assert measured.tiled.tpr == pytest.approx((tiles[:5].sum() / tiles.sum()) ** 2)
    assert measured.registered.pxap == 1
    assert measured.tiled.pxap < 1


def test_an_object_between_the_centres_has_no_map(corner):
    between = np.zeros((1, 12, 12), bool)
    between[0, 9:, 9:] = True
    measured = oracle_at(np.concatenate([corner, between]), FIELD, 2, padding=1, pool=1)
    assert measured.open == 0.5
    assert measured.registered.pxap == 1


def test_the_oracle_is_measured_at_every_pool_with_and_without_padding(questions):
    measured = drained(measure_oracle(questions))
    assert [(each.padding, each.pool, each.cells) for each in measured] == [
        (1, 1, 50), (1, 2, 25), (1, 3, 12), (1, 4, 6), (0, 1, 49), (0, 2, 23), (0, 3, 10), (0, 4, 4),
    ]  # fmt: skip
    finest, coarsest = measured[0], measured[3]
    assert finest.open == 1
    assert finest.registered.tpr > coarsest.registered.tpr
    assert finest.registered.pxap > coarsest.registered.pxap


def test_where_no_cell_is_open_nothing_is_scored(corner):
    assert oracle_at(corner[:, ::-1, ::-1], FIELD, 2, padding=1, pool=1)[3:] == (0.0, (None, None), (None, None))
