"""Answer probabilities from logits: a softmax for single-label tasks, sigmoids for multi-label tasks."""

from __future__ import annotations

from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional


class LogProbabilities(NamedTuple):
    """Log-probabilities of the answers.

    Attributes:
        log_probabilities: Log of the probability that a word is right.
        log_complements: Log of the probability that it is wrong, for multi-label tasks; None for single-label
            tasks.
    """

    log_probabilities: Float[Tensor, "B Q K"]
    log_complements: Float[Tensor, "B Q K"] | None = None


class CellReading(NamedTuple):
    """The classifier's output on each single cell of a map.

    Attributes:
        log_probabilities: Log of the probability that a word is right.
        log_complements: As in `LogProbabilities`.
    """

    log_probabilities: Float[Tensor, "B P K H W"]
    log_complements: Float[Tensor, "B P K H W"] | None = None


class SingleLabel:
    """Single label: softmax over the words."""

    def read(self, logits: Float[Tensor, "B Q K"]) -> LogProbabilities:
        """The answer from logits."""
        return LogProbabilities(logits.float().log_softmax(-1))

    def read_cells(self, logits: Float[Tensor, "B P H W K"]) -> CellReading:
        """The answer of each single cell, from the logits of the cells."""
        return CellReading(_words_first(logits).log_softmax(2))

    def marginalize(self, attention: Float[Tensor, "B Q H W"], logits: Float[Tensor, "B P H W K"]) -> LogProbabilities:
        """The answer marginalised over the cells, log Σ_ij α_ij p(y | f_ij)."""
        return LogProbabilities(_log_marginal(attention, _words_first(logits).log_softmax(2)))


class MultiLabel:
    """Multi-label: a sigmoid for each word.

    The marginal is taken for each word separately, Σ_ij α_ij p(y_k | f_ij). With the marginal of all words together,
    Σ_ij α_ij Π_k p(y_k | f_ij), the attention collapses onto one cell, which answers for hundreds of words.
    """

    def read(self, logits: Float[Tensor, "B Q K"]) -> LogProbabilities:
        """The answer from logits."""
        return LogProbabilities(functional.logsigmoid(logits.float()), functional.logsigmoid(-logits.float()))

    def read_cells(self, logits: Float[Tensor, "B P H W K"]) -> CellReading:
        """The answer of each single cell, from the logits of the cells."""
        logits = _words_first(logits)
        return CellReading(functional.logsigmoid(logits), functional.logsigmoid(-logits))

    def marginalize(self, attention: Float[Tensor, "B Q H W"], logits: Float[Tensor, "B P H W K"]) -> LogProbabilities:
        """The answer marginalised over the cells, for each word."""
        logits = _words_first(logits)
        return LogProbabilities(_log_marginal(attention, functional.logsigmoid(logits)),
                    _log_marginal(attention, functional.logsigmoid(-logits)))


Labels = SingleLabel | MultiLabel


def _words_first(logits: Float[Tensor, "B P H W K"]) -> Float[Tensor, "B P K H W"]:
    """Move words before cells, contiguous, in float32: a softmax over few words is four times as fast."""
    return logits.movedim(-1, 2).contiguous().float()


def _log_marginal(
    attention: Float[Tensor, "B Q H W"], log_cells: Float[Tensor, "B P K H W"]
) -> Float[Tensor, "B Q K"]:
    """Computed in log space, so that a word with a tiny probability in all cells keeps its gradient."""
    log_attention = attention.clamp_min(torch.finfo(attention.dtype).tiny).log()
    return (log_attention.unsqueeze(2) + log_cells).logsumexp((-2, -1))
