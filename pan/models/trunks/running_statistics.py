"""The running statistics of a BatchNorm whose batch statistics are computed elsewhere."""

from __future__ import annotations

from jaxtyping import Float
from torch import Tensor, nn


def keep_statistics(
    norm: nn.BatchNorm2d, mean: Float[Tensor, " C"], variance: Float[Tensor, " C"], cells: int
) -> None:
    """Update the running statistics as `nn.BatchNorm2d` does; the running variance is unbiased.

    Args:
        norm: The BatchNorm.
        mean: Mean over the batch.
        variance: Biased variance over the batch.
        cells: Number of values of each channel in the batch.
    """
    momentum = norm.momentum or 0.0
    norm.get_buffer("running_mean").lerp_(mean.detach(), momentum)
    norm.get_buffer("running_var").lerp_(variance.detach() * (cells / (cells - 1)), momentum)
    norm.get_buffer("num_batches_tracked").add_(1)
