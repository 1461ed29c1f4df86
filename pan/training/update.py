"""One update of the weights: forward pass, backward pass and a step of the optimiser, all asynchronous."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int, UInt8
from torch import Tensor, nn, optim

from pan.explaining.batches import one_hot, to_network, top_is_right
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.system.device import autocast
from pan.training.distributed import process_group, without_reduction
from pan.training.loss import loss


class Batch(NamedTuple):
    """B images with Q questions each, on the device.

    Attributes:
        images: The images.
        queries: Index of each question's query in the task.
        answers: The right answers.
        known: The answers whose correctness is annotated.
    """

    images: UInt8[Tensor, "B S S 3"]
    queries: Int[Tensor, "B Q"]
    answers: Bool[Tensor, "B Q K"]
    known: Bool[Tensor, "B Q K"]


Update = Callable[[Sequence[Batch]], Float[Tensor, " 2"]]
"""Updates the weights with the parts of a batch; returns the loss and the number of right answers."""


class EagerUpdate:
    """An eager update, without a CUDA graph.

    Args:
        network: The network; under torchrun wrapped by `ProcessGroup.averaging_gradients`.
        optimizer: Its optimiser, with learning rates as tensors on the device.
        recipe: The recipe, with the weights of the loss.
        task: The task.
        precision: The precision of the forward pass.
        covering_share: Factor of the covering term's weight at this step, on the device.
    """

    def __init__(
        self,
        network: nn.Module,
        optimizer: optim.Optimizer,
        recipe: Recipe,
        task: Task,
        precision: torch.dtype,
        covering_share: Float[Tensor, ""],
    ) -> None:
        self.network = network
        self.optimizer = optimizer
        self.recipe = recipe
        self.task = task
        self.precision = precision
        self.covering_share = covering_share

    def __call__(self, parts: Sequence[Batch]) -> Float[Tensor, " 2"]:
        """Run forward and backward pass for each part, and one step of the optimiser."""
        self.optimizer.zero_grad()
        questions = sum(part.queries.numel() for part in parts)
        sums = torch.zeros(2, device=self.covering_share.device)
        *first, last = parts
        with without_reduction(self.network):
            for part in first:
                sums += self._accumulate_gradients(part, part.queries.numel() / questions)
        sums += self._accumulate_gradients(last, last.queries.numel() / questions)
        nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.optimization.clip_norm)
        self.optimizer.step()
        return sums

    def _accumulate_gradients(self, part: Batch, share: float) -> Float[Tensor, " 2"]:
        recipe = self.recipe
        with autocast(self.covering_share.device, self.precision):
            output = self.network(to_network(part.images), one_hot(part.queries, self.task))
        cost = share * loss(output, part.answers, answer_weight=recipe.objective.answer_weight,
                            covering=self.covering_share * recipe.objective.covering,
                            strictness=recipe.objective.strictness if recipe.objective.covering > 0 else None,
                            reading_weight=recipe.objective.reading_weight, known=part.known)
        cost.backward()  # type: ignore[no-untyped-call]
        return torch.stack([cost.detach() / process_group().size,
                            top_is_right(output.log_probabilities, part.answers).sum()])
