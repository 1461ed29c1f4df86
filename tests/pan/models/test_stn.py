"""Spatial transformers: where they look, and what they see there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from pan.attention.views import inside, outline, warp
from pan.models.build import build_model, learning_shares
from pan.models.geometry import of_pool
from pan.models.stn import compose, expected_place, frames, sample
from pan.recipes.by_name import find_recipe
from pan.recipes.task import Task

TASK = Task(image_size=32, queries=("a", "b", "c"), answers=("x", "y"))
IDENTITY = torch.eye(2, 3)
UPPER_LEFT = torch.tensor([[0.5, 0.0, -0.5], [0.0, 0.5, -0.5]])


def network(model="stn-m"):
    return build_model(find_recipe(f"mref/{model}").with_fields(channels=5, hidden=6), TASK).eval()


def inputs():
    return torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(0)), torch.eye(3).repeat(2, 1, 1)


def test_stn_m_looks_again_at_every_pool_and_stn_s_at_the_last():
    assert [view.pool for view in network("stn-m")(*inputs()).views] == [1, 2, 3, 4]
    assert [view.pool for view in network("stn-s")(*inputs()).views] == [4]


def test_an_untrained_transformer_sees_the_whole_image():
    for view in network()(*inputs()).views:
        torch.testing.assert_close(view.transform, IDENTITY.expand(2, 3, 2, 3))


def test_transforms_learn_at_the_rate_of_their_own_and_nothing_else_does():
    recipe = find_recipe("mref/stn-m").with_fields(channels=5, hidden=6, localization_rate=0.25)
    model = build_model(recipe, TASK)
    shares = {id(weight): share for weights, share in learning_shares(model, recipe) for weight in weights}
    for name, weight in model.named_parameters():
        assert shares[id(weight)] == (0.25 if ".transform." in name else 1.0), name


def test_a_transformer_sees_a_quarter_enlarged():
    maps = torch.zeros(1, 1, 1, 8, 8)
    maps[..., 1:4, 1:4] = 1
    seen = sample(maps, UPPER_LEFT[None, None])[0, 0, 0]
    assert (seen[3:7, 3:7] == 1).all()
    assert seen[0, 0] < 0.5


def test_transforms_in_a_row_are_one_transform():
    turn = torch.tensor([[0.0, -0.6, 0.1], [0.6, 0.0, 0.2]])
    place = torch.tensor([0.3, -0.7])
    inner = turn[:, :2] @ place + turn[:, 2]
    outer = UPPER_LEFT[:, :2] @ inner + UPPER_LEFT[:, 2]
    whole = compose(UPPER_LEFT[None, None], turn[None, None])[0, 0]
    torch.testing.assert_close(whole[:, :2] @ place + whole[:, 2], outer)


def test_the_expected_place_of_attention_on_one_cell_is_its_middle():
    alpha = torch.zeros(1, 1, 4, 4)
    alpha[0, 0, 1, 3] = 1
    assert expected_place(alpha, -1).item() == 0.75
    assert expected_place(alpha, -2).item() == -0.25


def test_the_outline_of_a_quarter_lies_around_it_and_its_picture_shows_it():
    assert outline(UPPER_LEFT, 100).tolist() == [[0, 0], [50, 0], [50, 50], [0, 50]]
    mask = inside(UPPER_LEFT, 100)
    assert mask[:50, :50].all()
    assert mask.sum() == 2500
    image = np.zeros((100, 100, 3), np.uint8)
    image[5:45, 5:45] = 255
    assert warp(torch.from_numpy(image), UPPER_LEFT)[12:88, 12:88].min() == 255


def test_a_view_without_extent_holds_nothing_and_fails_at_nothing():
    nowhere = torch.zeros(2, 3)
    assert inside(nowhere, 10).shape == (10, 10)
    assert outline(nowhere, 10).tolist() == [[5, 5]] * 4


@pytest.mark.parametrize("model", ["stn-s", "stn-m"])
def test_a_view_is_of_the_part_of_the_image_that_its_map_covers(model):
    """The fourth map of 100 pixels has six cells of 16: its whole is 96 pixels of the image, its first quarter 48."""
    network = build_model(find_recipe(f"mref/{model}").with_fields(channels=5, hidden=6), replace(TASK, image_size=100))
    images = torch.zeros(1, 3, 100, 100), torch.eye(3)[None]
    for bias, side in ((IDENTITY, 96), (UPPER_LEFT, 48)):
        network.localizations["att4"].transform.bias.data = bias.flatten()
        view = network.eval()(*images).views[-1]
        corners = torch.tensor([[0, 0], [side, 0], [side, side], [0, side]]).float()
        torch.testing.assert_close(outline(view.transform[0, 0].detach(), 100), corners, atol=1e-3, rtol=0)


def test_a_map_without_padding_lies_inside_the_image():
    in_image, in_map = frames(of_pool(3, padding=0), 10, IDENTITY[None, None], 100)  # from pixel 7 to 87
    assert outline(in_image[0, 0], 100)[[0, 2]].flatten().tolist() == pytest.approx([7, 7, 87, 87])
    torch.testing.assert_close(compose(in_map, in_image), IDENTITY[None, None])
