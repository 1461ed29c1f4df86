"""The term that makes attention cover the whole of what is asked about, without masks or boxes.

A colour can be read from one pixel. So answers alone reward the smallest spot that gives them. But every cell of an
attended map can be read alone, by the layer's own classifier: attention belongs on each cell that knows the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pan.models.labels import CellReading
from pan.models.output import Layer

CLOSED = 0.01
"""Attention below this is closed: cells that read worse than chance push it no further down."""

TELLING = 16
"""How soon a layer counts as one that can tell: from a best cell of 0.25 on, 1 − (1 − 0.25)¹⁶ = 0.99."""


def covering_loss(
    layers: Sequence[Layer],
    answers: Bool[Tensor, "B Q K"],
    *,
    strictness: Sequence[float],
    reading_weight: float,
    known: Bool[Tensor, "B Q K"] | None = None,
) -> Float[Tensor, ""]:
    """How far attention is from the cells that know the answer, summed over layers.

    Let e be how much more than chance a cell alone knows of the answer (`knowledge`), and m the e of the best cell of
    its map. The target of a gate's cell is t = 1 − s + s e / m, where s = 1 − (1 − m)¹⁶ says whether this layer can
    tell at all: where no cell can, t = 1, and the gate stays open. (e / m counts as −1 at least.) The loss is the
    binary cross-entropy −t log α − w (1 − t) log(1 − α), the mean over cells. It makes α = t / (t + w (1 − t)) of the
    mean target of all cells that look alike: high on the queried object, near 0 on the background, and in between where
    the layer cannot yet tell one object from another, which is left to the layers above.

    The last layer's α sums to one. It has the cross-entropy to e √α, normalised, divided by the number of cells.

    Args:
        layers: The attended layers, lowest first.
        answers: Which words are right.
        strictness: w of a gate at each pool, that of pool 1 first.
        reading_weight: Weight of `reading_loss` of each layer.
        known: Of which words it is known whether they are right; None for all.
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
    best = known.amax((-2, -1), keepdim=True).clamp(1e-6, 1)
    tells = 1 - (1 - best) ** TELLING
    target = 1 - tells + tells * (known / best).clamp_min(-1)
    opened = target * alpha.clamp_min(CLOSED).log()
    closed = weight * (1 - target) * (1 - alpha).clamp_min(1e-6).log()
    return -(opened + closed).mean()


def _last_loss(alpha: Float[Tensor, "B Q H W"], known: Float[Tensor, "B Q H W"]) -> Float[Tensor, ""]:
    tiny = torch.finfo(alpha.dtype).tiny
    weights = known.clamp_min(0) * alpha.detach().sqrt()  # cells that only happen to be right are not attended
    share = weights / weights.sum((-2, -1), keepdim=True).clamp_min(tiny)
    return -(share * alpha.clamp_min(tiny).log()).mean((-2, -1)).mean()


def knowledge(cells: CellReading, answers: Bool[Tensor, "B Q K"]) -> Float[Tensor, "B Q H W"]:
    """How much more than chance each cell alone knows of the answer: 1 for certain, below 0 if it reads another.

    Of several right words it is the mean. It carries no gradient.
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
    """Mean negative log-likelihood of the answers, read from every cell alike.

    It reaches the classifier alone, which learns that cells where attention never stands know nothing.
    """
    right = answers[..., None, None]
    if cells.log_complements is None:
        return -(cells.log_probabilities * right).sum(2).mean()
    told = torch.where(right, cells.log_probabilities, cells.log_complements)
    if known is not None:
        told = told * known[..., None, None]
    return -told.sum(2).mean()
