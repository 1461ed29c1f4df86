"""The optimiser. Its learning rates are tensors on the device, so that a CUDA graph reads their current values."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn, optim

from pan.models.build import learning_shares
from pan.recipes.recipe import Recipe


def build_optimizer(model: nn.Module, recipe: Recipe, device: torch.device) -> optim.Optimizer:
    """Build the optimiser for a network on its device, with learning rates of 0.

    Weight decay applies to matrices and kernels, not to biases and the scales of BatchNorm.
    """
    groups: list[dict[str, Any]] = [
        {"params": weights, "share": share, "lr": torch.zeros((), device=device), "weight_decay": decay}
        for group, share in learning_shares(model, recipe)
        for weights, decay in (
            ([weight for weight in group if weight.ndim > 1], recipe.optimization.weight_decay),
            ([weight for weight in group if weight.ndim <= 1], 0.0),
        )
    ]
    capturable = device.type == "cuda"
    if recipe.optimization.optimizer == "rmsprop":
        without_decay = [{**group, "weight_decay": 0.0} for group in groups]
        return optim.RMSprop(without_decay, alpha=0.9, eps=1e-6, capturable=capturable)
    return optim.AdamW(groups, fused=True, capturable=capturable)


def set_learning_rate(optimizer: optim.Optimizer, rate: float) -> None:
    """Set the learning rate of each parameter group to its share of a rate."""
    for group in optimizer.param_groups:
        group["lr"].fill_(group["share"] * rate)


def learning_rate(optimizer: optim.Optimizer) -> float:
    """The learning rate of the first parameter group, whose share is 1."""
    return float(optimizer.param_groups[0]["lr"])
