"""What questions share reaches each of them, and their gradients come back together."""

from __future__ import annotations

import pytest
import torch

from pan.models.attended import to_each_question


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
def test_gradients_are_those_of_broadcasting(precision):
    generator = torch.Generator().manual_seed(0)
    shared = torch.rand(2, 1, 3, 4, 5, generator=generator).to(precision).requires_grad_()
    weights = torch.rand(2, 6, 3, 4, 5, generator=generator).to(precision)
    (to_each_question(shared, 6) * weights).sum().backward()
    expected = weights.sum(1, keepdim=True, dtype=torch.float32)
    torch.testing.assert_close(shared.grad, expected.to(precision))


def test_the_gradient_that_arrives_is_left_as_it_is():
    shared = torch.rand(1, 1, 2, requires_grad=True)
    for_each = to_each_question(shared, 3)
    arriving = torch.ones(1, 3, 2)
    for_each.backward(arriving)
    assert torch.equal(arriving, torch.ones(1, 3, 2))


def test_features_of_each_question_pass_as_they_are():
    features = torch.rand(2, 3, 4, 5, 6)
    assert to_each_question(features, 3) is features
