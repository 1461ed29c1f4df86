"""Where attention lies."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from pan.attention.maps import sample_nearest
from pan.evaluation.image_objects import objects_of
from pan.evaluation.localization import Localization
from pan.models.geometry import ReceptiveField, spread


@pytest.fixture
def corner():
    """An object in the upper left quarter of 4 × 4 pixels."""
    mask = torch.zeros(1, 1, 4, 4, dtype=torch.bool)
    mask[..., :2, :2] = True
    return mask


def place(*masks):
    """Masks of the questions about one image."""
    return Localization(torch.cat(masks, 1), torch.ones(1, len(masks), dtype=torch.bool))


def means(maps, *masks):
    """Of the first question's map."""
    localization = place(*masks)
    return localization.means(localization.masses(maps.expand(-1, len(masks), -1, -1)))[:, 0, 0].tolist()


def share(maps, mask):
    return place(mask).target_share(place(mask).masses(maps)).item()


def test_nearest_neighbours_keep_a_cells_mass_in_its_own_pixels(corner):
    attention = torch.tensor([[[[0.4, 0.3], [0.2, 0.1]]]])
    assert share(sample_nearest(attention, ReceptiveField(2, 2, 0), 4), corner) == pytest.approx(0.4)


@pytest.fixture
def scene():
    """Objects of 1, 2 and 4 pixels, a fourth question that is padding, and the same map for all."""
    masks = torch.zeros(1, 4, 4, 4, dtype=torch.bool)
    masks[0, 0, 0, 0] = masks[0, 3, 0, 0] = True
    masks[0, 1, 1, :2] = True
    masks[0, 2, 2] = True
    maps = torch.zeros(1, 4, 4, 4)
    maps[0, :, 0, 0], maps[0, :, 1, :2], maps[0, :, 3, 3] = 0.5, 0.125, 0.25
    return masks, torch.tensor([[True, True, True, False]]), maps


def test_mass_on_other_objects_is_told_by_their_size(scene):
    masks, real, maps = scene
    localization = Localization(masks, real)
    smaller, larger = localization.on_others(maps, localization.masses(maps))[:, real].tolist()
    assert smaller == pytest.approx([math.nan, 0.5, (0.5 + 0.25) / 2], nan_ok=True)
    assert larger == pytest.approx([(0.25 + 0) / 2, 0, math.nan], nan_ok=True)


def test_objects_that_come_one_after_the_other_say_the_same(scene):
    masks, real, maps = scene
    whole = Localization(masks, real)
    apart = Localization(masks[:, :2], real[:, :2], lambda: [objects_of(masks[:, n : n + 1], real[:, n : n + 1])
                                                             for n in range(4)])
    for measure in ("on_others", "means"):
        values = [getattr(each, measure)(*((maps[:, :n],) if measure == "on_others" else ()), each.masses(maps[:, :n]))
                  for each, n in ((whole, 4), (apart, 2))]
        torch.testing.assert_close(values[0][..., :2], values[1], equal_nan=True)


def test_spreading_gives_a_pixel_the_mean_of_the_cells_that_see_it(corner):
    attention = np.array([[[[1.0, 0.0], [0.0, 0.0]]]], np.float32)
    # Cells of three pixels, two apart: cell 0 sees pixels 0 to 2, cell 1 pixels 2 and 3 (and one outside).
    # Along one axis the pixels get 1, 1, 1/2, 0; in the plane 1 on the object's four of (2.5)² in all.
    maps = torch.from_numpy(spread(attention, ReceptiveField(3, 2, 0), 4))
    assert share(maps, corner) == pytest.approx(4 / 6.25)


def test_a_map_is_averaged_on_the_target_on_others_and_elsewhere(corner):
    other = torch.zeros_like(corner)
    other[..., 3, 3] = True
    maps = torch.full((1, 1, 4, 4), 0.25)
    maps[corner] = 0.5
    maps[..., 3, 3] = 1.0
    assert means(maps, corner, other) == pytest.approx([0.5, 1.0, 0.25])
    assert share(maps, corner) == pytest.approx(2.0 / (2.0 + 1.0 + 11 * 0.25))


def test_a_single_object_has_no_others(corner):
    target, others, elsewhere = means(torch.ones(1, 1, 4, 4), corner)
    assert (target, elsewhere) == (1, 1)
    assert math.isnan(others)


def test_where_there_are_no_other_pixels_rounding_is_no_attention():
    maps = torch.rand(1, 1, 50, 50, generator=torch.Generator().manual_seed(0))
    part = torch.zeros(1, 1, 50, 50, dtype=torch.bool)
    part[..., :31, :17] = True
    assert math.isnan(means(maps, part)[1])
    assert all(math.isnan(value) for value in means(maps, torch.ones_like(part))[1:])


def test_without_a_mask_nothing_is_known(corner):
    maps, nothing = torch.ones(1, 1, 4, 4), torch.zeros_like(corner)
    assert all(map(math.isnan, means(maps, nothing, corner)))
    assert math.isnan(share(maps, nothing))
