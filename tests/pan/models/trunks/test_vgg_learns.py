"""Every network of Table 2 can learn a small batch of real photographs by heart."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from pan.data.digits.backgrounds import find_photographs
from pan.data.images import fit_image
from pan.data.opening import load_image
from pan.models.build import build_model
from pan.recipes.attributes import MODELS
from pan.recipes.by_name import find_recipe
from pan.recipes.task import Task
from pan.training.loss import loss

TASK = Task(64, ("roof", "face", "cup", "wall"), ("red", "old", "small", "wet", "round", "green"), several=True)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_a_batch_of_photographs_is_learnt_by_heart(model):
    """VGG-16 at an eighth of its width and 64 pixels, from nothing."""
    paths = find_photographs("train", None).paths[:4]
    pixels = np.stack([fit_image(load_image(path), TASK.image_size).pixels for path in paths])
    pictures = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
    asked = torch.eye(4)[torch.tensor([[0, 1], [1, 2], [2, 3], [3, 0]])]
    right = torch.rand(4, 2, 6, generator=torch.Generator().manual_seed(0)) < 0.35
    recipe = find_recipe(f"vg/{model}").with_fields(channels=8, hidden=32, image_size=64, normalize=True, weights="")
    network = build_model(recipe, TASK)
    optimizer = torch.optim.AdamW(network.parameters(), 0.001)
    costs = []
    for _ in range(150):
        optimizer.zero_grad()
        cost = loss(network(pictures, asked), right, answer_weight=recipe.objective.answer_weight)
        cost.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), recipe.optimization.clip_norm)  # as training does
        optimizer.step()
        costs.append(cost.item())
    answered = network(pictures, asked).log_probabilities > np.log(0.5)
    assert torch.equal(answered, right)
    assert costs[-1] < costs[0] / 5
