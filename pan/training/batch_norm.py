"""BatchNorm whose statistics are of the whole batch, however many processes share it.

PyTorch has it on GPUs only (`SyncBatchNorm`); this is the same on any device, with gradients through the statistics.
"""

from __future__ import annotations

import torch
from jaxtyping import Float
from torch import Tensor, distributed, nn


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


class WholeBatchNorm2d(nn.BatchNorm2d):
    """BatchNorm2d over the maps of all processes, each of which holds as many."""

    def forward(self, maps: Float[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
        """Normalise; in evaluation by the running statistics, as ever."""
        if not self.training:
            return super().forward(maps)
        values = maps.float()
        size = distributed.get_world_size()
        mean = _sum(values.mean((0, 2, 3))) / size
        centred = values - mean[:, None, None]
        variance = _sum(centred.square().mean((0, 2, 3))) / size
        self._keep(mean.detach(), variance.detach(), size * maps[:, 0].numel())
        scale = self.weight * (variance + self.eps).rsqrt()
        return (centred * scale[:, None, None] + self.bias[:, None, None]).to(maps.dtype)

    def _keep(self, mean: Float[Tensor, " C"], variance: Float[Tensor, " C"], cells: int) -> None:
        """Running statistics: that of the variance is unbiased, as PyTorch's."""
        self.get_buffer("running_mean").lerp_(mean, self.momentum or 0.0)
        self.get_buffer("running_var").lerp_(variance * (cells / (cells - 1)), self.momentum or 0.0)
        self.get_buffer("num_batches_tracked").add_(1)


def over_whole_batch(model: nn.Module) -> nn.Module:
    """The network with every BatchNorm2d made to take its statistics over all processes; its weights stay."""
    for name, child in model.named_children():
        if type(child) is nn.BatchNorm2d:
            whole = WholeBatchNorm2d(child.num_features, child.eps, child.momentum)
            whole.load_state_dict(child.state_dict())
            setattr(model, name, whole)
        else:
            over_whole_batch(child)
    return model


def _sum(values: Tensor) -> Tensor:
    total: Tensor = _Sum.apply(values)
    return total
