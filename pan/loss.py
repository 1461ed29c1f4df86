"""The one loss of all networks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional

from pan.models import Output
from pan.models.blocks import Layer


def loss(
    output: Output, answers: Int[Tensor, "B Q"], *, answer_weight: float, area_price: float
) -> Float[Tensor, ""]:
    """Negative log-likelihood of the answers, plus what makes the gates of a progressive network select.

    Args:
        output: What the network returned.
        answers: The right answers.
        answer_weight: Weight of the negative log-likelihood of each gate's own answer.
        area_price: Weight of the log of the share of the image that the gates leave open.
    """
    total = _nll(output.log_probabilities, answers)
    gates = output.layers[:-1]
    for gate in gates:
        if gate.log_probabilities is not None:
            total = total + answer_weight * _nll(gate.log_probabilities, answers)
    if area_price > 0 and gates:
        total = total + area_price * log_open_area(gates)
    return total


def log_open_area(gates: Sequence[Layer]) -> Float[Tensor, ""]:
    """Σ over gates of log((Σa)² / (N Σa²)), a the product of the gates up to it on its N cells.

    It is 0 for a map that is even and log(1/N) for one that is open at a single cell, whatever the scale of the
    map: a price on its mean would be cheated, for normalisation behind the gate takes the scale out.
    """
    total = torch.zeros((), device=gates[0].attention.device)
    product: Tensor | None = None
    for gate in gates:
        alpha = gate.attention
        if product is not None:
            alpha = alpha * functional.adaptive_avg_pool2d(product, (alpha.shape[-2], alpha.shape[-1]))
        peak = alpha.detach().amax((-2, -1), keepdim=True)
        product = alpha / peak.clamp_min(torch.finfo(alpha.dtype).tiny)  # products of products would underflow
        mass, energy = product.sum((-2, -1)), product.square().sum((-2, -1))
        total = total + (2 * mass.log() - energy.log()).mean() - math.log(alpha.shape[-2] * alpha.shape[-1])
    return total


def _nll(log_probabilities: Float[Tensor, "B Q K"], answers: Int[Tensor, "B Q"]) -> Float[Tensor, ""]:
    return functional.nll_loss(log_probabilities.flatten(0, 1), answers.flatten())
