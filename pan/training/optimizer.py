"""AdamW, with learning rates that lie on the device: a recorded update reads them anew each time."""

from __future__ import annotations

import torch
from torch import nn, optim

from pan.models.build import learning_shares
from pan.recipes.recipe import Recipe


def build_optimizer(model: nn.Module, recipe: Recipe, device: torch.device) -> optim.AdamW:
    """The optimiser of a network that lies on the device, at rest: its learning rates are 0."""
    groups = [
        {"params": weights, "share": share, "lr": torch.zeros((), device=device)}
        for weights, share in learning_shares(model, recipe)
    ]
    capturable = device.type == "cuda"
    return optim.AdamW(groups, weight_decay=recipe.weight_decay, fused=True, capturable=capturable)


def set_learning_rate(optimizer: optim.Optimizer, rate: float) -> None:
    """Give each group its share of a learning rate."""
    for group in optimizer.param_groups:
        group["lr"].fill_(group["share"] * rate)


def learning_rate(optimizer: optim.Optimizer) -> float:
    """Of the first group, whose share is whole."""
    return float(optimizer.param_groups[0]["lr"])
