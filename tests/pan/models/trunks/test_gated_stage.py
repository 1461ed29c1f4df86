"""The stage after a gate, for all questions at once: the maps, gradients and statistics of one question at a time."""

from __future__ import annotations

from copy import deepcopy

import pytest
import torch
from torch import nn
from torch.nn import functional

from pan.models.attended import attend
from pan.models.trunks.gated_stage import gated_stage, saves_time
from pan.models.trunks.plain import ConvStage
from pan.training.batch_norm import SyncBatchNorm2d

CASES = {
    "padding": {"padding": 1, "normalize": True},
    "no padding": {"padding": 0, "normalize": True},
    "no normalisation": {"padding": 1, "normalize": False},
}


def drawn(height, width, questions=3, **form):
    generator = torch.Generator().manual_seed(0)
    stage = ConvStage(4, 5, **form).double()
    for weight in stage.parameters():
        nn.init.normal_(weight, generator=generator)
    features = torch.randn(2, 1, 4, height, width, generator=generator, dtype=torch.float64).relu()
    attention = torch.rand(2, questions, height, width, generator=generator, dtype=torch.float64)
    return stage, features.requires_grad_(), attention.requires_grad_()


def plain_maps(stage, features, attention):
    maps = functional.max_pool2d(stage.conv(stage.norm(attend(attention, features).flatten(0, 1))).relu(), 2)
    return maps.view(*attention.shape[:2], *maps.shape[1:])


def differentiated(maps, stage, *inputs):
    weights = torch.rand(maps.shape, generator=torch.Generator().manual_seed(1), dtype=maps.dtype)
    return torch.autograd.grad((maps * weights).sum(), [*inputs, *stage.parameters()])


@pytest.mark.parametrize("size", [(8, 8), (7, 7), (5, 8)])
@pytest.mark.parametrize("form", CASES.values(), ids=CASES)
def test_maps_and_gradients_are_those_of_each_question_alone(form, size):
    stage, features, attention = drawn(*size, **form)
    together, apart = gated_stage(attention, features, stage.norm, stage.conv), plain_maps(stage, features, attention)
    torch.testing.assert_close(together, apart)
    gradients = (differentiated(maps, stage, features, attention) for maps in (together, apart))
    for one, other in zip(*gradients, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-6)  # `attend` sums gradients in float32


def test_statistics_are_kept_as_by_batch_norm_and_used_in_evaluation():
    stage, features, attention = drawn(8, 8, **CASES["padding"])
    other = deepcopy(stage)
    for _ in range(2):
        gated_stage(attention, features, stage.norm, stage.conv)
        plain_maps(other, features, attention)
    for one, two in zip(stage.buffers(), other.buffers(), strict=True):
        torch.testing.assert_close(one, two)
    stage.eval(), other.eval()
    torch.testing.assert_close(
        gated_stage(attention, features, stage.norm, stage.conv), plain_maps(other, features, attention))


def test_it_serves_several_questions_about_one_map_in_float32_on_a_cpu():
    shared, several, norm = torch.zeros(2, 1, 4, 8, 8), torch.zeros(2, 3, 8, 8), nn.BatchNorm2d(4)
    assert saves_time(several, shared, norm)
    assert not saves_time(several[:, :1], shared, norm)
    assert not saves_time(several, shared.expand(-1, 3, -1, -1, -1), norm)
    assert not saves_time(several, shared.bfloat16(), norm)
    assert not saves_time(several, shared.to("meta"), norm)
    assert not saves_time(several, shared, SyncBatchNorm2d(4))
