"""How the scores of the answer words become probabilities: one word is right, or each may be right by itself."""

from __future__ import annotations

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional


class LogProbabilities(NamedTuple):
    """An answer.

    Attributes:
        log_probabilities: Log of the probability that a word is right.
        log_complements: Log of the probability that it is not, where words are right independently of each other;
            None where one excludes the others.
    """

    log_probabilities: Float[Tensor, "B Q K"]
    log_complements: Float[Tensor, "B Q K"] | None = None


class CellReading(NamedTuple):
    """What each cell of a map reads alone.

    Attributes:
        log_probabilities: Log of the probability that a word is right.
        log_complements: As of an answer.
    """

    log_probabilities: Float[Tensor, "B P K H W"]
    log_complements: Float[Tensor, "B P K H W"] | None = None


class SingleLabel:
    """One word is right: softmax over the words."""

    def read(self, logits: Float[Tensor, "B Q K"]) -> LogProbabilities:
        """From one set of scores."""
        return LogProbabilities(logits.float().log_softmax(-1))

    def read_cells(self, logits: Float[Tensor, "B P H W K"]) -> CellReading:
        """From a set of scores in each cell, what each reads alone."""
        return CellReading(_words_first(logits).log_softmax(2))

    def marginalize(self, attention: Float[Tensor, "B Q H W"], logits: Float[Tensor, "B P H W K"]) -> LogProbabilities:
        """From a set of scores in each cell: log Σ_ij α_ij p(y | f_ij)."""
        return LogProbabilities(_log_marginal(attention, _words_first(logits).log_softmax(2)))


class MultiLabel:
    """Any number of words is right: a sigmoid for each.

    The marginal is taken for each word by itself, Σ_ij α_ij p(y_k | f_ij). That of the whole set of words,
    Σ_ij α_ij Π_k p(y_k | f_ij), would let one cell answer for hundreds of words at once, and collapses onto it.
    """

    def read(self, logits: Float[Tensor, "B Q K"]) -> LogProbabilities:
        """From one set of scores."""
        return LogProbabilities(functional.logsigmoid(logits.float()), functional.logsigmoid(-logits.float()))

    def read_cells(self, logits: Float[Tensor, "B P H W K"]) -> CellReading:
        """From a set of scores in each cell, what each reads alone."""
        logits = _words_first(logits)
        return CellReading(functional.logsigmoid(logits), functional.logsigmoid(-logits))

    def marginalize(self, attention: Float[Tensor, "B Q H W"], logits: Float[Tensor, "B P H W K"]) -> LogProbabilities:
        """From a set of scores in each cell."""
        logits = _words_first(logits)
        return LogProbabilities(_log_marginal(attention, functional.logsigmoid(logits)),
                    _log_marginal(attention, functional.logsigmoid(-logits)))


Labels = SingleLabel | MultiLabel


def _words_first(logits: Float[Tensor, "B P H W K"]) -> Float[Tensor, "B P K H W"]:
    """Words before cells, contiguous, in float32: a softmax over few words is four times as fast in this layout."""
    return logits.movedim(-1, 2).contiguous().float()


def _log_marginal(
    attention: Float[Tensor, "B Q H W"], log_cells: Float[Tensor, "B P K H W"]
) -> Float[Tensor, "B Q K"]:
    """In logarithms throughout: a word that no cell reads keeps its gradient, however small its probability."""
    log_attention = attention.clamp_min(torch.finfo(attention.dtype).tiny).log()
    return (log_attention.unsqueeze(2) + log_cells).logsumexp((-2, -1))
