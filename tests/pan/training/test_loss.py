"""What is added up to the one loss of all networks."""

from __future__ import annotations

import pytest
import torch

from pan.models.geometry import ReceptiveField
from pan.models.output import Layer, Output, View
from pan.training.loss import loss

RIGHT = torch.tensor([[[True, False]]])


def told(share):
    return torch.tensor([[[share, 1 - share]]]).log()


def layer(pool, share):
    alpha = torch.full((1, 1, 1, 1), 1.0)
    return Layer(pool, ReceptiveField(2, 2), alpha, alpha[:, :, None], None if share is None else told(share))


def nats(share):
    return -torch.tensor(share).log().item()


@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_gates_and_transformers_have_a_weight_and_the_last_layers_answer_counts_once(weight):
    layers = (layer(2, 0.4), layer(3, None), layer(4, 0.8))
    views = (View(1, torch.eye(2, 3)[None, None], told(0.25)),)
    cost = loss(Output(told(0.8), layers, views=views), RIGHT, answer_weight=weight)
    assert cost.item() == pytest.approx(nats(0.8) + weight * (nats(0.4) + nats(0.25)))
