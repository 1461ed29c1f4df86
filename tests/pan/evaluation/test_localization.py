"""Where attention lies."""

from __future__ import annotations

import math

import pytest
import torch

from pan.evaluation.localization import Others, nearest_ratio, regions, spread_ratio
from pan.models.geometry import ReceptiveField


@pytest.fixture
def corner():
    """An object in the upper left quarter of 4 × 4 pixels."""
    mask = torch.zeros(1, 1, 4, 4, dtype=torch.bool)
    mask[..., :2, :2] = True
    return mask


def means(maps, target, objects):
    parts = regions(target, objects)
    return parts.means(parts.masses(maps)).flatten().tolist()


def test_nearest_neighbours_keep_a_cells_mass_in_its_own_pixels(corner):
    attention = torch.tensor([[[[0.4, 0.3], [0.2, 0.1]]]])
    assert nearest_ratio(attention, corner, ReceptiveField(2, 2, 0)).item() == pytest.approx(0.4)


def test_mass_on_other_objects_is_told_by_their_size():
    masks = torch.zeros(1, 4, 4, 4, dtype=torch.bool)  # of 1, 2 and 4 pixels; the fourth question is padding
    masks[0, 0, 0, 0] = masks[0, 3, 0, 0] = True
    masks[0, 1, 1, :2] = True
    masks[0, 2, 2] = True
    maps = torch.zeros(3, 4, 4)
    maps[:, 0, 0], maps[:, 1, :2], maps[:, 3, 3] = 0.5, 0.125, 0.25
    real = torch.tensor([[True, True, True, False]])
    smaller, larger = Others(masks, real).masses(maps).tolist()
    assert smaller == pytest.approx([math.nan, 0.5, (0.5 + 0.25) / 2], nan_ok=True)
    assert larger == pytest.approx([(0.25 + 0) / 2, 0, math.nan], nan_ok=True)


def test_spreading_gives_a_pixel_the_mean_of_the_cells_that_see_it(corner):
    attention = torch.tensor([[[[1.0, 0.0], [0.0, 0.0]]]])
    # Cells of three pixels, two apart: cell 0 sees pixels 0 to 2, cell 1 pixels 2 and 3 (and one outside).
    # Along one axis the pixels get 1, 1, 1/2, 0; in the plane 1 on the object's four of (2.5)² in all.
    assert spread_ratio(attention, corner, ReceptiveField(3, 2, 0)).item() == pytest.approx(4 / 6.25)


def test_a_map_is_averaged_on_the_target_on_others_and_elsewhere(corner):
    objects = corner.clone()
    objects[..., 3, 3] = True
    maps = torch.full((1, 1, 4, 4), 0.25)
    maps[corner] = 0.5
    maps[..., 3, 3] = 1.0
    assert means(maps, corner, objects) == pytest.approx([0.5, 1.0, 0.25])
    parts = regions(corner, objects)
    assert parts.target_share(parts.masses(maps)).item() == pytest.approx(2.0 / (2.0 + 1.0 + 11 * 0.25))


def test_a_single_object_has_no_others(corner):
    target, others, elsewhere = means(torch.ones(1, 1, 4, 4), corner, corner)
    assert (target, elsewhere) == (1, 1)
    assert math.isnan(others)


def test_without_a_mask_nothing_is_known(corner):
    maps, nothing = torch.ones(1, 1, 4, 4), torch.zeros_like(corner)
    assert all(map(math.isnan, means(maps, nothing, corner)))
    parts = regions(nothing, corner)
    assert parts.target_share(parts.masses(maps)).isnan().all()
