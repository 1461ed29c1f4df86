"""The groups of a recipe's fields. Each group checks the ranges of its own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pan.recipes.ranges import MOST, check_ranges, one_of
from pan.recipes.task import LARGEST_IMAGE
from pan.recipes.trunk_shapes import PLAIN, TRUNKS, cells
from pan.system.errors import InputError
from pan.system.precision import PRECISIONS, Precision

OptimizerName = Literal["adamw", "rmsprop"]
ScheduleName = Literal["one-cycle", "steps"]
TrunkName = Literal["plain", "plain-5", "vgg-16", "vgg-tiny"]

WIDEST = 2**16
"""With larger widths, sizes overflow before torch can report that the memory is too small."""


@dataclass(frozen=True)
class DataFields:
    """The training data.

    Attributes:
        scenes: Training scenes drawn.
        validation_scenes: Scenes on which the best epoch is chosen.
        questions_per_image: Q; 1 asks one fixed question about each drawn scene, larger values ask about its digits
            or objects in random order.
        images_per_batch: B.
        image_size: Height and width of the network's input, in pixels; scenes of digits have 100.
    """

    scenes: int = 30_000
    validation_scenes: int = 500
    questions_per_image: int = 7
    images_per_batch: int = 16
    image_size: int = 100

    def __post_init__(self) -> None:
        check_ranges(self, "scenes", "validation_scenes", "questions_per_image", "images_per_batch", least=1)
        check_ranges(self, "image_size", least=1, most=LARGEST_IMAGE)

    @property
    def batch_questions(self) -> int:
        """Questions in one step."""
        return self.images_per_batch * self.questions_per_image


@dataclass(frozen=True)
class NetworkFields:
    """The network's architecture, and the initial weights of its trunk.

    Attributes:
        trunk: The CNN: `plain` (Fig. 5a), `plain-5`, `vgg-16` (Fig. 9a) or `vgg-tiny`.
        weights: Initial weights of the trunk: `imagenet`, a file, or empty for random ones.
        channels: Channels of every convolution (32 in Fig. 5a); for VGG-16, of the first one (64).
        hidden: Hidden units of the attention functions.
        padding: Padding of the plain trunk's convolutions, 0 or 1; VGG's is 1.
        normalize: Whether BatchNorm precedes every stage except the first.
        gates: Stages below the last that have a sigmoid gate (PAN, PAN-CTX) or a spatial transformer (STN-M).
        gate_bias: Initial bias of the gates' scores; 3 starts them open.
        context_radius: δ of the local context (Eq. 5); 0 is PAN. On VGG it is the number of the next convolutions.
        wide_context: Whether the lowest gate has a context as wide as a large digit, at three resolutions.
        whole_localization: Whether the localisation network is a complete CNN on the image, rather than a head on the
            map that is transformed.
    """

    trunk: TrunkName = "plain"
    weights: str = ""
    channels: int = 32
    hidden: int = 32
    padding: int = 1
    normalize: bool = True
    gates: tuple[int, ...] = ()
    gate_bias: float = 0.0
    context_radius: int = 0
    wide_context: bool = False
    whole_localization: bool = False

    def __post_init__(self) -> None:
        one_of("trunk", self.trunk, tuple(TRUNKS))
        check_ranges(self, "channels", "hidden", least=1, most=WIDEST)
        check_ranges(self, "padding", least=0, most=1)
        check_ranges(self, "context_radius", least=0, most=WIDEST)
        check_ranges(self, "gate_bias", least=-MOST)
        pools = range(1, len(TRUNKS[self.trunk]))
        if not set(self.gates) <= set(pools) or list(self.gates) != sorted(set(self.gates)):
            raise InputError(f"gates must be a rising choice of {','.join(map(str, pools))}, not {self.gates}.")
        self._check_context()

    def _check_context(self) -> None:
        """On VGG, the context functions are the trunk's next convolutions, which fixes their radius."""
        if self.trunk in PLAIN or self.context_radius == 0:
            return
        known = sorted({sum(block.convolutions for block in TRUNKS[self.trunk][gate]) for gate in self.gates})
        if known and known != [self.context_radius]:
            raise InputError(f"context_radius must be 0 or {known[0]} on {self.trunk}, not {self.context_radius}.")

    def check_image(self, size: int) -> None:
        """Refuse images that are too small for the poolings.

        Raises:
            InputError: If the last map has no cell for images with `size` pixels a side.
        """
        if cells(self.trunk, size, self.padding) < 1:
            raise InputError(f"image_size must leave a cell behind every pooling, which {size} does not.")


@dataclass(frozen=True)
class ObjectiveFields:
    """The terms of the loss beside the negative log-likelihood of the answer.

    Attributes:
        answer_weight: Weight of the gate classifiers in the loss; 0 builds gates without classifiers.
        covering: Weight of the covering term in the loss after its ramp: attention on the cells that can answer.
        covering_from: Share of the steps after which the ramp of the covering term starts.
        strictness: For a gate at each pool, starting with pool 1, the weight of a cell that should be closed relative
            to one that should be open in the covering term.
        reading_weight: Weight, in the covering term, of the loss of reading the answer from every cell.
    """

    answer_weight: float = 0.0
    covering: float = 0.0
    covering_from: float = 0.0
    strictness: tuple[float, ...] = ()
    reading_weight: float = 0.02

    def __post_init__(self) -> None:
        check_ranges(self, "answer_weight", "covering", "reading_weight", "covering_from", least=0)
        if self.covering_from >= 1:
            raise InputError(f"covering_from must be from 0 up to below 1, not {self.covering_from}.")
        check_ranges(self, "strictness", least=0)

    def check_gates(self, gates: tuple[int, ...]) -> None:
        """Check that each gate has a strictness if the covering term is used.

        Raises:
            InputError: If a gate has none.
        """
        if self.covering > 0 and len(self.strictness) < max(gates, default=0):
            raise InputError(f"strictness must give a number for each pool up to {max(gates)}, "
                             f"not {len(self.strictness)}.")


@dataclass(frozen=True)
class OptimizationFields:
    """Budget, optimiser and learning rate.

    Attributes:
        questions: Training budget, in questions.
        epoch_questions: Questions between two validations.
        patience: Early stopping: epochs without improvement in validation before training ends; 0 for none.
        optimizer: `adamw` or `rmsprop`.
        schedule: Of the learning rate: `one-cycle`, or `steps`, which halves it every ten epochs from epoch 31 on.
        learning_rate: The peak learning rate.
        localization_rate: Learning rate of the layers that output a spatial transform, relative to the other layers.
        weight_decay: AdamW's weight decay; biases and normalisation scales have none.
        clip_norm: Largest norm of the gradient.
    """

    questions: int = 600_000
    epoch_questions: int = 30_000
    patience: int = 0
    optimizer: OptimizerName = "adamw"
    schedule: ScheduleName = "one-cycle"
    learning_rate: float = 3e-3
    localization_rate: float = 0.1
    weight_decay: float = 0.01
    clip_norm: float = 5.0

    def __post_init__(self) -> None:
        check_ranges(self, "questions", "epoch_questions", least=1)
        check_ranges(self, "patience", "learning_rate", "localization_rate", "weight_decay", "clip_norm", least=0)
        one_of("optimizer", self.optimizer, ("adamw", "rmsprop"))
        one_of("schedule", self.schedule, ("one-cycle", "steps"))


@dataclass(frozen=True)
class HardwareFields:
    """How the training is computed. It affects the weights only by rounding.

    Attributes:
        precision: `auto` is bfloat16 where the device supports it.
        gradient_checkpointing: Recompute the trunk's activations in the backward pass, to save memory.
        accumulation: Gradient accumulation: the number of parts in which a batch is computed, to save memory.
        workers: Processes that decode a set's images before training.
    """

    precision: Precision = "auto"
    gradient_checkpointing: bool = False
    accumulation: int = 1
    workers: int = 2

    def __post_init__(self) -> None:
        one_of("precision", self.precision, PRECISIONS)
        check_ranges(self, "accumulation", least=1)
        check_ranges(self, "workers", least=0)
