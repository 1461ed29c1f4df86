"""Synchronised BatchNorm, with statistics over the parts of the batch in all processes.

PyTorch's `SyncBatchNorm` works on GPUs only; this one works on every device. Gradients flow through the statistics.
"""

from __future__ import annotations

import torch
from jaxtyping import Float
from torch import Tensor, distributed, nn

from pan.models.trunks.running_statistics import keep_statistics


class _Sum(torch.autograd.Function):
    """The sum over all processes; its gradient is the sum of theirs."""

    @staticmethod
    def forward(_: object, values: Tensor) -> Tensor:
        total = values.clone()
        distributed.all_reduce(total)
        return total

    @staticmethod
    def backward(_: object, *gradients: Tensor) -> Tensor:
        total = gradients[0].clone()
        distributed.all_reduce(total)
        return total


class SyncBatchNorm2d(nn.BatchNorm2d):
    """BatchNorm2d over the maps of all processes; all processes have the same number of maps."""

    def forward(self, maps: Float[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
        """Normalise by the batch's statistics in training mode, by the running statistics in evaluation mode."""
        if not self.training:
            return super().forward(maps)
        values = maps.float()
        size = distributed.get_world_size()
        mean = _sum(values.mean((0, 2, 3))) / size
        centred = values - mean[:, None, None]
        variance = _sum(centred.square().mean((0, 2, 3))) / size
        keep_statistics(self, mean, variance, size * maps[:, 0].numel())
        scale = self.weight * (variance + self.eps).rsqrt()
        return (centred * scale[:, None, None] + self.bias[:, None, None]).to(maps.dtype)


def synchronize_batch_norm(model: nn.Module) -> nn.Module:
    """Replace every BatchNorm2d by `SyncBatchNorm2d` with the same weights."""
    for name, child in model.named_children():
        if type(child) is nn.BatchNorm2d:
            synchronized = SyncBatchNorm2d(child.num_features, child.eps, child.momentum)
            synchronized.load_state_dict(child.state_dict())
            setattr(model, name, synchronized)
        else:
            synchronize_batch_norm(child)
    return model


def _sum(values: Tensor) -> Tensor:
    total: Tensor = _Sum.apply(values)
    return total
