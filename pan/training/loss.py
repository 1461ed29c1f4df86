"""The one loss of all networks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional

from pan.models.output import Layer, Output, View


def loss(
    output: Output,
    answers: Bool[Tensor, "B Q K"],
    *,
    answer_weight: float,
    area_price: float,
    top_price: float = 0.0,
    ramped: float | Float[Tensor, ""] = 1.0,
    known: Bool[Tensor, "B Q K"] | None = None,
) -> Float[Tensor, ""]:
    """Negative log-likelihood of the answers, plus what makes gates and transformers turn to the queried object.

    Where several words may be right, that is the sum of their binary cross-entropies (section 4.2).

    Args:
        output: What the network returned.
        answers: Which words are right.
        answer_weight: Weight of the negative log-likelihood of each gate's and each transformer's own answer.
        area_price: Weight of the log of the share of the image that the gates leave open.
        top_price: Weight of the same for the last layer's own map, which selective gates leave nothing to do.
        ramped: By what both prices are multiplied.
        known: Of which words it is known whether they are right; None for all.
    """
    total = question_nll(output.log_probabilities, output.log_complements, answers, known).mean()
    gates = output.layers[:-1]
    early_answers: tuple[Layer | View, ...] = (*gates, *output.views)
    for early in early_answers:
        if early.log_probabilities is not None:
            own = question_nll(early.log_probabilities, early.log_complements, answers, known).mean()
            total = total + answer_weight * own
    if area_price > 0 and gates:
        total = total + ramped * area_price * log_open_area(gates)
    if top_price > 0 and output.layers:
        total = total + ramped * top_price * log_open_area(output.layers[-1:])
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


def question_nll(
    log_probabilities: Float[Tensor, "B Q K"],
    log_complements: Float[Tensor, "B Q K"] | None,
    answers: Bool[Tensor, "B Q K"],
    known: Bool[Tensor, "B Q K"] | None = None,
) -> Float[Tensor, "B Q"]:
    """Negative log-likelihood of the answer to each question, in nats.

    Of independent words those count alone of which it is known whether they are right: of the others an annotator said
    nothing, and to take them for wrong would teach that most of what is seen is not there.

    Args:
        log_probabilities: Of the words.
        log_complements: Log of the probability that a word is not right; None where one word excludes the others.
        answers: Which words are right.
        known: Of which words it is known whether they are right; None for all.
    """
    if log_complements is None:
        return -log_probabilities.gather(-1, answers.int().argmax(-1, keepdim=True))[..., 0]
    said = torch.where(answers, log_probabilities, log_complements)
    return -(said if known is None else said.where(known, 0)).sum(-1)
