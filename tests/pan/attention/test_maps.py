"""Maps stand in the image where their cells really are."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from pan.attention.maps import accumulate, sample, sample_nearest, true_positive_ratio
from pan.models.geometry import ReceptiveField, of_pool
from pan.models.output import Layer

SIDES = {(1, 1): 50, (2, 1): 25, (3, 1): 12, (4, 1): 6, (1, 0): 49, (2, 0): 23, (3, 0): 10, (4, 0): 4}


@pytest.mark.parametrize(("pool", "padding"), SIDES)
def test_a_cell_has_its_value_at_its_centre_and_half_of_it_between_two(pool, padding):
    field, side = of_pool(pool, padding=padding), SIDES[pool, padding]
    cells = torch.zeros(side, side)
    cells[1, 1] = 1
    sampled = sample(cells, field, 100).numpy()
    along = sampled.max(0)
    middle = field.start + field.stride + field.size / 2
    assert (along * (np.arange(100) + 0.5)).sum() / along.sum() == pytest.approx(middle, abs=1e-3)
    assert along.sum() == pytest.approx(field.stride * along.max() / sampled.max(), rel=0.3)


@pytest.mark.parametrize(("pool", "padding"), SIDES)
def test_a_ramp_over_the_image_comes_back_as_it_was_between_the_outer_centres(pool, padding):
    field, side = of_pool(pool, padding=padding), SIDES[pool, padding]
    centres = torch.tensor([field.centre(float(cell)) for cell in range(side)])
    sampled = sample(centres.expand(side, side), field, 100)
    pixels = torch.arange(100) + 0.5
    torch.testing.assert_close(sampled, pixels.clamp(centres[0], centres[-1]).expand(100, 100))


def test_a_pixel_takes_the_value_of_the_nearest_cell():
    field = ReceptiveField(size=3, stride=3, start=1)  # centres at 2.5 and 5.5
    sampled = sample_nearest(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), field, 8)
    assert sampled[0].tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert sampled[:, 7].tolist() == [2, 2, 2, 2, 4, 4, 4, 4]


@pytest.mark.parametrize("padding", [0, 1])
@pytest.mark.parametrize("pool", [1, 2, 3])
def test_an_oracle_loses_nothing_by_padding(pool, padding):
    """A map that is open at the cells whose centres are on the object puts its mass there, wherever the object is."""
    field, side = of_pool(pool, padding=padding), SIDES[pool, padding]
    centres = np.array([field.centre(float(cell)) for cell in range(side)])
    for left, top in ((16, 16), (20, 44), (44, 60)):
        mask = np.zeros((100, 100), bool)
        mask[top : top + 32, left : left + 32] = True
        rows, columns = ((centres > first) & (centres < first + 32) for first in (top, left))
        cells = torch.from_numpy(np.outer(rows, columns).astype(np.float32))
        share = true_positive_ratio(sample(cells, field, 100)[None, None], torch.from_numpy(mask)[None, None]).item()
        inside = rows.sum() * columns.sum() * field.stride**2 / (32 + field.stride) ** 2
        assert share >= min(0.99, inside) - 0.06


def test_accumulation_is_the_product_of_the_maps_in_the_image():
    left, top = torch.zeros(1, 1, 2, 2), torch.zeros(1, 1, 2, 2)
    left[..., 0], top[..., 0, :] = 1, 1
    field, nothing = ReceptiveField(2, 2), torch.empty(0)
    first, both = accumulate([Layer(pool, field, each, nothing, None) for pool, each in ((1, left), (2, top))], 4)
    across = torch.tensor([1, 0.75, 0.25, 0])
    torch.testing.assert_close(first[0, 0], across.expand(4, 4))
    torch.testing.assert_close(both[0, 0], across[:, None] * across)


def test_an_empty_map_has_nothing_on_the_object_and_without_a_mask_nothing_is_known():
    mask = torch.zeros(1, 2, 4, 4, dtype=torch.bool)
    mask[:, 0, 0] = True
    empty, unknown = true_positive_ratio(torch.zeros(1, 2, 4, 4), mask)[0].tolist()
    assert empty == 0
    assert math.isnan(unknown)
