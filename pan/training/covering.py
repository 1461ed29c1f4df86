"""The covering term of the loss: attention covers the whole queried object, without masks or boxes.

A colour can be read from a single pixel, so the classification loss rewards the smallest spot that gives the answer.
The covering term applies the layer's classifier to each cell separately: attention should be high on every cell that
predicts the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pan.models.labels import CellReading
from pan.models.output import Layer

CLOSED = 0.01
"""Below this value, attention gets no further gradient from cells that predict worse than chance."""

TELLING = 16
"""Exponent of s: if the best cell has m = 0.25, s is already 1 − (1 − 0.25)¹⁶ = 0.99."""


def covering_loss(
    layers: Sequence[Layer],
    answers: Bool[Tensor, "B Q K"],
    *,
    strictness: Sequence[float],
    reading_weight: float,
    known: Bool[Tensor, "B Q K"] | None = None,
) -> Float[Tensor, ""]:
    """The covering term, summed over layers.

    Let e measure how much better than chance a single cell predicts the answer (`knowledge`), and m be the largest e
    in the map. The target of a gate's cell is t = 1 − s + s e / m, with s = 1 − (1 − m)¹⁶ and e / m at least −1. If no
    cell predicts the answer, s is 0 and t is 1: the gate stays open. The loss is the binary cross-entropy
    −t log α − w (1 − t) log(1 − α), averaged over cells. For cells with equal features it is smallest at
    α = t / (t + w (1 − t)) with their mean t: high on the queried object, near 0 on the background, and between these
    values if the layer cannot distinguish two objects, which is left to the layers above.

    For the last layer, whose α sums to 1, the loss is s times the cross-entropy to the positive part of e, normalised,
    divided by the number of cells in a row. Divided by all cells, the term has little effect on the map.

    Args:
        layers: The attended layers, lowest first.
        answers: The right words.
        strictness: w for a gate at each pool, from pool 1 up.
        reading_weight: Weight of `reading_loss` at each layer.
        known: The words whose correctness is annotated; None for all.
    """
    *gates, last = layers
    total = torch.zeros((), device=last.attention.device)
    for gate in gates:
        if gate.cells is not None:
            knows = knowledge(gate.cells, answers)
            total = total + _gate_loss(gate.attention, knows, strictness[gate.pool - 1])
    if last.cells is not None:
        total = total + _last_loss(last.attention, knowledge(last.cells, answers))
    for layer in layers:
        if layer.cells is not None:
            total = total + reading_weight * reading_loss(layer.cells, answers, known)
    return total


def _gate_loss(
    alpha: Float[Tensor, "B Q H W"], known: Float[Tensor, "B Q H W"], weight: float
) -> Float[Tensor, ""]:
    best, tells = _best_cell(known)
    target = 1 - tells + tells * (known / best).clamp_min(-1)
    opened = target * alpha.clamp_min(CLOSED).log()
    closed = weight * (1 - target) * (1 - alpha).clamp_min(1e-6).log()
    return -(opened + closed).mean()


def _last_loss(alpha: Float[Tensor, "B Q H W"], known: Float[Tensor, "B Q H W"]) -> Float[Tensor, ""]:
    _, tells = _best_cell(known)
    positive = known.clamp_min(0)
    tiny = torch.finfo(alpha.dtype).tiny
    target = tells * positive / positive.sum((-2, -1), keepdim=True).clamp_min(tiny)
    return -(target * alpha.clamp_min(tiny).log()).sum((-2, -1)).mean() / alpha.shape[-1]


def _best_cell(known: Float[Tensor, "B Q H W"]) -> tuple[Float[Tensor, "B Q 1 1"], Float[Tensor, "B Q 1 1"]]:
    """The largest e of each map, and s."""
    best = known.amax((-2, -1), keepdim=True).clamp(1e-6, 1)
    return best, 1 - (1 - best) ** TELLING


def knowledge(cells: CellReading, answers: Bool[Tensor, "B Q K"]) -> Float[Tensor, "B Q H W"]:
    """How much better than chance each single cell predicts the answer, without gradient.

    1 if it predicts the answer with certainty, 0 at chance, negative if it predicts another word. For several right
    words it is the mean over them.
    """
    right = answers.sum(-1, keepdim=True).clamp_min(1)
    chance = (right / answers.shape[-1])[..., None]  # B Q 1 1
    read = cells.log_probabilities.detach().exp()  # B P K H W
    share = (answers / right)[..., None, None]
    known = (read * share).sum(2)
    return (known - chance) / (1 - chance).clamp_min(1 / answers.shape[-1])


def reading_loss(
    cells: CellReading, answers: Bool[Tensor, "B Q K"], known: Bool[Tensor, "B Q K"] | None = None
) -> Float[Tensor, ""]:
    """Mean negative log-likelihood of the answer over all cells, each with the same weight.

    Only the classifier gets its gradient. It learns to predict nothing on cells that are never attended.
    """
    right = answers[..., None, None]
    if cells.log_complements is None:
        return -(cells.log_probabilities * right).sum(2).mean()
    told = torch.where(right, cells.log_probabilities, cells.log_complements)
    if known is not None:
        told = told * known[..., None, None]
    return -told.sum(2).mean()
