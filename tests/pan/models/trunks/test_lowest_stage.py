"""The lowest stage, a few images at a time: the maps and gradients of all images at once."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional

from pan.models.trunks.plain import LowestStage


@pytest.mark.parametrize("images", [1, 4, 10])
@pytest.mark.parametrize("padding", [0, 1])
def test_a_few_images_at_a_time_have_the_maps_and_gradients_of_all_at_once(images, padding):
    generator = torch.Generator().manual_seed(0)
    stage = LowestStage(5, padding=padding).double()
    for weight in stage.parameters():
        nn.init.normal_(weight, generator=generator)
    drawn = torch.rand(images, 1, 3, 12, 12, generator=generator, dtype=torch.float64)

    maps = stage(drawn)
    together = functional.max_pool2d(stage.conv(drawn[:, 0]).relu(), 2).unsqueeze(1)

    weights = torch.rand(maps.shape, generator=generator, dtype=torch.float64)
    gradients = [torch.autograd.grad((each * weights).sum(), list(stage.parameters())) for each in (maps, together)]
    torch.testing.assert_close(maps, together)
    torch.testing.assert_close(*gradients)
