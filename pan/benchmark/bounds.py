"""Training speed relative to the machine's peak: operations per second, against a large matrix product.

Operations are counted in convolutions and matrix products, forward and backward; a multiplication and an addition count
as two (`torch.utils.flop_counter`). Other operators, such as pooling and normalisation, are limited by memory. The peak
is measured in the same run, by a large matrix product in the same precision. The time of each operator shows why a
network stays below the peak.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch._ops import OpOverload
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

from pan.models.build import build_model
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE
from pan.system.device import autocast, choose_device, choose_precision, finish
from pan.training.loss import loss

SIDE, SIDE_ON_GPU, REPEATS = 2048, 8192, 5  # side of the matrices; products timed, of which the fastest counts
PROFILED_STEPS, LISTED = 3, 4


@dataclass(frozen=True)
class Bound:
    """Training speed of a network relative to the peak.

    Attributes:
        model: The network.
        operations: Millions of operations per question.
        rate: Billions of operations per second in training.
        peak: Billions of operations per second of a large matrix product.
        operators: Shares of the time by operator in eager mode, the largest first.
    """

    model: str
    operations: float
    rate: float
    peak: float
    operators: dict[str, float]

    @property
    def share(self) -> float:
        """The training speed as a share of the peak."""
        return self.rate / self.peak


def find_bound(recipe: Recipe, questions_per_second: float, peak: float) -> Bound:
    """Compare the training speed of a recipe with the peak.

    Args:
        recipe: The recipe.
        questions_per_second: The measured training speed.
        peak: The result of `matrix_product_peak`.
    """
    operations = operations_per_question(recipe)
    rate = operations * questions_per_second / 1e9
    return Bound(recipe.model, operations / 1e6, rate, peak, operator_shares(recipe))


def operations_per_question(recipe: Recipe) -> float:
    """Operations of one step, forward and backward, divided by its number of questions.

    They are counted in the recipe's precision, because in float32 a gated stage needs fewer.
    """
    model, images, queries = _step_of(recipe)
    device = choose_device()
    with count_operations() as counted, autocast(device, choose_precision(recipe.hardware.precision, device)):
        _train_step(model, images, queries, recipe)
    total: int = counted.get_total_flops()
    return total / recipe.data.batch_questions


def count_operations() -> FlopCounterMode:
    """A context that counts operations, also those of products that are added in place, which PyTorch leaves out."""
    return FlopCounterMode(display=False, custom_mapping={torch.ops.aten.addmm_: _added_product})


def _added_product(_: Sequence[int], one: Sequence[int], other: Sequence[int], **__: object) -> int:
    """Operations of `addmm_`, from the shapes of its arguments."""
    return 2 * one[0] * one[1] * other[1]


def matrix_product_peak(recipe: Recipe) -> float:
    """Billions of operations per second of a large matrix product in the recipe's precision: the best of several."""
    device = choose_device()
    precision = choose_precision(recipe.hardware.precision, device)
    side = SIDE if device.type == "cpu" else SIDE_ON_GPU
    one = torch.rand(side, side, device=device, dtype=precision)
    seconds = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        (one @ one)[0, 0].item()  # waits for the device
        seconds.append(time.perf_counter() - began)
    return 2 * side**3 / min(seconds) / 1e9


class _Clock(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Sums the seconds of each operator; PyTorch's own profiler writes unwanted text to standard error."""

    def __init__(self, device: torch.device) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.device = device
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def __torch_dispatch__(
        self, operator: OpOverload, types: object, arguments: Sequence[Any] = (), named: dict[str, Any] | None = None
    ) -> object:
        began = time.perf_counter()
        result = operator(*arguments, **(named or {}))
        finish(self.device)
        self.seconds[operator.overloadpacket.__name__] += time.perf_counter() - began
        return result


def operator_shares(recipe: Recipe) -> dict[str, float]:
    """The operators with the largest shares of a step's time."""
    model, images, queries = _step_of(recipe)
    device = choose_device()
    with _Clock(device) as clock:
        for _ in range(PROFILED_STEPS):
            with autocast(device, choose_precision(recipe.hardware.precision, device)):
                _train_step(model, images, queries, recipe)
    total = sum(clock.seconds.values())
    greatest = sorted(clock.seconds.items(), key=lambda each: each[1], reverse=True)[:LISTED]
    return {name: seconds / total for name, seconds in greatest}


def _step_of(recipe: Recipe) -> tuple[nn.Module, Float[Tensor, "B 3 S S"], Float[Tensor, "B Q D"]]:
    """A network and a batch of noise on the device; the operations do not depend on the images."""
    device, task = choose_device(), MNIST_REFERENCE
    generator = torch.Generator().manual_seed(recipe.seed)
    images = torch.rand(recipe.data.images_per_batch, 3, task.image_size, task.image_size, generator=generator)
    queries = torch.eye(len(task.queries))[: recipe.data.questions_per_image].repeat(recipe.data.images_per_batch, 1, 1)
    images = images.contiguous(memory_format=torch.channels_last)
    return build_model(recipe, task).to(device), images.to(device), queries.to(device)


def _train_step(
    model: nn.Module, images: Float[Tensor, "B 3 S S"], queries: Float[Tensor, "B Q D"], recipe: Recipe
) -> None:
    output = model(images, queries)
    right = torch.zeros_like(output.log_probabilities, dtype=torch.bool)
    right[..., 0] = True
    cost = loss(output, right, answer_weight=recipe.objective.answer_weight, covering=recipe.objective.covering,
                strictness=recipe.objective.strictness if recipe.objective.covering > 0 else None)
    cost.backward()  # type: ignore[no-untyped-call]
