"""Receptive fields are those of the paper's networks, found out by asking the networks."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from pan.models.build import build_model
from pan.models.geometry import ReceptiveField, mean_by_cell, of_pool, spread, tile
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE


@pytest.mark.parametrize(
    ("pool", "padding", "field"),
    [
        (1, 1, (4, 2, -1)), (2, 1, (10, 4, -3)), (3, 1, (22, 8, -7)), (4, 1, (46, 16, -15)),
        (1, 0, (4, 2, 0)), (2, 0, (10, 4, 0)), (3, 0, (22, 8, 0)), (4, 0, (46, 16, 0)),
    ],
)  # fmt: skip
def test_fields_are_those_of_fig_5(pool, padding, field):
    assert of_pool(pool, padding=padding) == ReceptiveField(*field)


@pytest.mark.parametrize("padding", [0, 1])
def test_a_cell_changes_with_the_pixels_of_its_field_and_no_others(padding):
    recipe = Recipe("mref", "san").with_fields(channels=4, padding=padding, normalize=False)
    model = build_model(recipe, MNIST_REFERENCE)
    image = torch.rand(1, 1, 3, 100, 100, generator=torch.Generator().manual_seed(0), requires_grad=True)
    features = image
    for stage in model.stages[:3]:
        features = stage(features)
    features[0, 0, :, 5, 3].sum().backward()
    touched = image.grad[0, 0].abs().sum(0) > 0
    field = of_pool(3, padding=padding)
    (top, bottom), (left, right) = field.pixels(5), field.pixels(3)
    outside = torch.ones_like(touched)
    outside[top:bottom, left:right] = False
    assert touched.any()
    assert not (touched & outside).any()


def test_context_widens_a_field_by_its_radius_on_both_sides():
    assert of_pool(2, padding=1).with_context(2) == ReceptiveField(10 + 16, 4, -3 - 8)


def test_spreading_gives_each_pixel_the_mean_of_the_cells_that_see_it():
    cells = np.array([[1.0, 3.0], [5.0, 7.0]], np.float32)
    field = ReceptiveField(size=4, stride=2, start=-1)
    image = spread(cells, field, 6)
    for y in range(6):
        for x in range(6):
            seen = [
                cells[i, j] for i in range(2) for j in range(2)
                if 2 * i - 1 <= y < 2 * i + 3 and 2 * j - 1 <= x < 2 * j + 3
            ]  # fmt: skip
            assert image[y, x] == pytest.approx(np.mean(seen) if seen else 0)


def test_spreading_an_even_map_is_even():
    field = of_pool(4, padding=1)
    np.testing.assert_allclose(spread(np.ones((6, 6), np.float32), field, 100), 1, rtol=1e-6)


def test_cells_lie_side_by_side_about_their_centres():
    field = of_pool(3, padding=0)  # cells see 22 pixels, from 0, 8, 16, …: their centres are at 11, 19, 27, …
    assert field.extent(0) == (7, 15)
    assert field.extent(9) == (79, 87)
    assert field.extent(0, 10) == (7, 87)
    assert field.cells_at(np.array([6.5, 7.5, 14.5, 15.5, 87.5])).tolist() == [-1, 0, 0, 1, 10]


CORNER = ReceptiveField(size=4, stride=2, start=-2)
"""Cell 0 lies at the pixels from -1 to 1, cell 1 from 1 to 3."""


def test_a_map_is_drawn_where_its_cells_lie_and_nowhere_else():
    drawn = tile(np.array([[1, 2], [3, 4]]), CORNER, 5)
    assert drawn.tolist() == [[1, 2, 2, 0, 0], [3, 4, 4, 0, 0], [3, 4, 4, 0, 0], [0] * 5, [0] * 5]
    assert tile(np.full((2, 2, 4), 7, np.uint8), CORNER, 5)[1, 1].tolist() == [7] * 4


def test_a_cell_has_the_mean_of_the_pixels_where_it_lies():
    pixels = np.arange(25, dtype=np.float32).reshape(5, 5)
    assert mean_by_cell(pixels, CORNER, (2, 2)).tolist() == [[0, 1.5], [7.5, 9]]
    assert mean_by_cell(pixels, CORNER, (4, 4))[3].tolist() == [0] * 4
