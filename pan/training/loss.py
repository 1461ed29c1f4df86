"""The loss, which is the same for all networks."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from pan.models.output import Layer, Output, View
from pan.training.covering import covering_loss


def loss(
    output: Output,
    answers: Bool[Tensor, "B Q K"],
    *,
    answer_weight: float,
    covering: float | Float[Tensor, ""] = 0.0,
    strictness: Sequence[float] | None = None,
    reading_weight: float = 0.0,
    known: Bool[Tensor, "B Q K"] | None = None,
) -> Float[Tensor, ""]:
    """Negative log-likelihood of the answers, plus the losses of gate classifiers and the covering term.

    For multi-label tasks, the negative log-likelihood is the sum of the words' binary cross-entropies (section 4.2).

    Args:
        output: The network's output.
        answers: The right words.
        answer_weight: Weight of the negative log-likelihood of the answers of each gate and spatial transformer.
        covering: Weight of the covering term at this step.
        strictness: As in `covering_loss`; None leaves the term out.
        reading_weight: As in `covering_loss`.
        known: The words whose correctness is annotated; None for all.
    """
    total = question_nll(output.log_probabilities, output.log_complements, answers, known).mean()
    gates = output.layers[:-1]
    early_answers: tuple[Layer | View, ...] = (*gates, *output.views)
    for early in early_answers:
        if early.log_probabilities is not None:
            own = question_nll(early.log_probabilities, early.log_complements, answers, known).mean()
            total = total + answer_weight * own
    if strictness is not None and output.layers:
        total = total + covering * covering_loss(output.layers, answers, strictness=strictness,
                                                 reading_weight=reading_weight, known=known)
    return total


def question_nll(
    log_probabilities: Float[Tensor, "B Q K"],
    log_complements: Float[Tensor, "B Q K"] | None,
    answers: Bool[Tensor, "B Q K"],
    known: Bool[Tensor, "B Q K"] | None = None,
) -> Float[Tensor, "B Q"]:
    """Negative log-likelihood of the answer to each question, in nats.

    In multi-label tasks, words that are not annotated do not count. If they counted as wrong, a network would learn
    that most visible attributes are absent.

    Args:
        log_probabilities: Log-probabilities of the words.
        log_complements: Log of the probability that a word is wrong, for multi-label tasks; None for single-label ones.
        answers: The right words.
        known: The words whose correctness is annotated; None for all.
    """
    if log_complements is None:
        return -log_probabilities.gather(-1, answers.int().argmax(-1, keepdim=True))[..., 0]
    said = torch.where(answers, log_probabilities, log_complements)
    return -(said if known is None else said.where(known, 0)).sum(-1)
