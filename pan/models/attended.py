"""Attended features, and the expansion of an image's features to its questions."""

from __future__ import annotations

from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor
from torch.autograd import Function


def attend(
    attention: Float[Tensor, "B Q H W"], features: Float[Tensor, "B P C H W"]
) -> Float[Tensor, "B Q C H W"]:
    """The attended features α_ij f_ij (Eq. 1), in the features' precision."""
    return attention.unsqueeze(2).to(features.dtype) * to_each_question(features, attention.shape[1])


def to_each_question(features: Float[Tensor, "B P *rest"], questions: int) -> Float[Tensor, "B Q *rest"]:
    """The features of each question; features of the image (P = 1) are expanded without a copy.

    The gradient is that of `expand`, but it is summed in float32, which is four times as fast.
    """
    if features.shape[1] == questions:
        return features
    shared: Tensor = _ExpandToQuestions.apply(features, questions)
    return shared


class _ExpandToQuestions(Function):
    @staticmethod
    def forward(_: Any, features: Tensor, questions: int) -> Tensor:  # noqa: ANN401 - torch's context has no type
        return features.expand(-1, questions, *features.shape[2:])

    @staticmethod
    def backward(_: Any, *gradients: Tensor) -> tuple[Tensor, None]:  # noqa: ANN401
        (gradient,) = gradients
        first, *rest = gradient.unbind(1)
        total = first.to(torch.float32, copy=True)  # autograd owns the incoming gradient
        for each in rest:
            total += each
        return total.to(gradient.dtype).unsqueeze(1), None
