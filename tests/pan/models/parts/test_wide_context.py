"""The wide context sees what its reach says, gives every cell an encoding, and is computed once an image."""

from __future__ import annotations

import pytest
import torch

from pan.models.build import build_model
from pan.models.parts.wide_context import REACH, WideContext
from pan.recipes.by_name import find_recipe
from pan.recipes.task import MNIST_REFERENCE


@pytest.mark.parametrize("cell", [40, 41, 42, 43])
def test_a_cell_sees_as_far_as_its_reach_and_no_farther(cell):
    torch.manual_seed(0)
    maps = torch.rand(1, 2, 84, 84, requires_grad=True)
    context = WideContext(2, 6, normalize=False)
    context(maps)[0, :, cell, cell].sum().backward()
    seen = maps.grad.abs().sum((0, 1)).nonzero()
    distances = (seen - cell).abs().amax(1)
    assert REACH - 3 <= distances.max() <= REACH


@pytest.mark.parametrize("side", [4, 5, 12, 25])
def test_maps_of_any_side_keep_it(side):
    assert WideContext(2, 3, normalize=True)(torch.rand(2, 2, side, side)).shape == (2, 3, side, side)


def test_the_lowest_gate_alone_looks_wide():
    recipe = find_recipe("mref/pan-ctx-hard").with_fields(wide_context=True, channels=4, hidden=4)
    model = build_model(recipe, MNIST_REFERENCE)
    wide = [name for name, module in model.named_modules() if isinstance(module, WideContext)]
    assert wide == ["gates.att2.attention.embedding"]
    layers = model(torch.rand(1, 3, 100, 100), torch.eye(10)[None, :1]).layers
    assert [layer.reach for layer in layers] == [REACH, 2, 0]


def test_questions_of_an_image_share_one_wide_look():
    recipe = find_recipe("mref/pan-ctx-hard").with_fields(wide_context=True, channels=4, hidden=4)
    model = build_model(recipe, MNIST_REFERENCE)
    seen = []
    model.gates["att2"].attention.embedding.register_forward_hook(lambda _, inputs, __: seen.append(len(inputs[0])))
    model(torch.rand(2, 3, 100, 100), torch.eye(10).repeat(2, 1, 1)[:, :5])
    assert seen == [2]
