"""All that decides the weights a training run ends with, as one frozen value."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from pan.recipes.task import LARGEST_IMAGE
from pan.recipes.trunk_shapes import TRUNKS, cells
from pan.system.errors import InputError
from pan.system.json_file import as_kind
from pan.system.precision import PRECISIONS, Precision

OptimizerName = Literal["adamw", "rmsprop"]
Schedule = Literal["one-cycle", "steps"]
TrunkName = Literal["plain", "vgg-16", "vgg-tiny"]

COUNTS = (
    "scenes", "validation_scenes", "questions_per_image", "images_per_batch", "questions", "epoch_questions",
    "channels", "hidden", "image_size", "accumulation",
)  # fmt: skip
"""Fields of a recipe that are 1 or more."""

AMOUNTS = (
    "seed", "patience", "context_radius", "answer_weight", "covering", "reading_weight", "learning_rate",
    "weight_decay", "localization_rate", "clip_norm", "workers",
)  # fmt: skip
"""Fields of a recipe that are 0 or more."""

LARGEST_SEED = 2**63 - 1
"""That torch takes."""

MOST = 2**31 - 1
"""The largest of all other whole numbers: sizes of sets of so many do not overflow, the memory is full before."""

WIDTHS = ("channels", "hidden", "context_radius")
WIDEST = 2**16
"""Products of larger widths overflow before torch can say that the memory does not suffice."""
LARGEST = {**dict.fromkeys(WIDTHS, WIDEST), "image_size": LARGEST_IMAGE, "seed": LARGEST_SEED}


FORMER = ("area_price", "top_price", "area_price_from")
"""Fields of recipes before 0.5, which still stand in the headers of checkpoints."""


@dataclass(frozen=True)
class Recipe:
    """All that decides the weights a training run ends with, except the task's words.

    Attributes:
        kind: Data set: `mref`, `mdist`, `mbg`, `vg` or `vg-tiny`.
        model: One of `pan.recipes.digits.MODELS`, or of those of `pan.recipes.attributes`.
        preset: The name this recipe started from: `quick`, `standard` or `paper`.
        seed: Seeds scenes, initial weights and the order of the questions.
        scenes: Training scenes drawn.
        validation_scenes: Scenes on which the best epoch is chosen.
        questions_per_image: Q; 1 asks one fixed question of each scene, more ask its digits in random order.
        images_per_batch: B.
        questions: Training budget, in questions.
        epoch_questions: Questions between two validations.
        patience: Epochs without a better validation after which training ends; 0 spends the whole budget.
        channels: Channels of every convolution (32 in Fig. 5a); of VGG-16 those of the first (64).
        hidden: Hidden units of the attention functions.
        padding: Padding of the plain trunk's convolutions, 0 or 1; VGG's is 1.
        normalize: BatchNorm in front of all stages but the first.
        gates: Stages below the last that carry a sigmoid gate (PAN, PAN-CTX) or a spatial transformer (STN-M).
        context_radius: δ of the local context (Eq. 5); 0 is PAN. VGG's is the number of the next convolutions.
        wide_context: Whether the lowest gate sees a neighbourhood as wide as a large digit, at three resolutions.
        gate_bias: Initial bias of the gates' scores; 3 starts them open.
        answer_weight: Weight of the answers at the gates in the loss; 0 builds gates that do not answer.
        covering: Weight of the covering term in the loss, fully ramped up: attention on the cells that can answer.
        strictness: For a gate at each pool, that of pool 1 first, how much a cell that should be closed counts in that
            term against one that should be open.
        reading_weight: Weight, in that term, of reading the answer from every cell alike.
        covering_from: Share of the steps after which the covering term begins to rise.
        optimizer: `adamw` or `rmsprop`.
        schedule: Of the learning rate: `one-cycle`, or `steps`, which halves it from epoch 31 on every ten epochs.
        learning_rate: Its peak.
        weight_decay: AdamW's, of weights that are no biases and no scales.
        localization_rate: Learning rate of the layers that give a spatial transform, as a share of the others'.
        clip_norm: Largest norm of the gradient.
        start: Checkpoint whose agreeing weights are taken over; empty starts from nothing.
        precision: `auto` is bfloat16 where the device computes with it.
        trunk: Form of the CNN: `plain` (Fig. 5a), `vgg-16` (Fig. 9a) or `vgg-tiny`.
        image_size: Height and width of the network's input, in pixels; scenes of digits have 100.
        whole_localization: Whether a transformer reads the image by a CNN of its own, and not the map it transforms.
        weights: Weights that the trunk begins with: `imagenet`, a file, or none if empty.
        gradient_checkpointing: Compute the trunk's activations twice, to save memory.
        accumulation: Parts in which a batch is computed, one after the other, to save memory.
        workers: Processes that decode a set's images before training.
    """

    kind: str
    model: str
    preset: str = "standard"
    seed: int = 0
    scenes: int = 30_000
    validation_scenes: int = 500
    questions_per_image: int = 7
    images_per_batch: int = 16
    questions: int = 600_000
    epoch_questions: int = 30_000
    patience: int = 0
    channels: int = 32
    hidden: int = 32
    padding: int = 1
    normalize: bool = True
    gates: tuple[int, ...] = ()
    context_radius: int = 0
    wide_context: bool = False
    gate_bias: float = 0.0
    answer_weight: float = 0.0
    covering: float = 0.0
    strictness: tuple[float, ...] = ()
    reading_weight: float = 0.02
    covering_from: float = 0.0
    optimizer: OptimizerName = "adamw"
    schedule: Schedule = "one-cycle"
    learning_rate: float = 3e-3
    weight_decay: float = 0.01
    localization_rate: float = 0.1
    clip_norm: float = 5.0
    start: str = ""
    precision: Precision = "auto"
    trunk: TrunkName = "plain"
    image_size: int = 100
    whole_localization: bool = False
    weights: str = ""
    gradient_checkpointing: bool = False
    accumulation: int = 1
    workers: int = 2

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, float) and not math.isfinite(value):
                raise InputError(f"{field.name} must be a finite number, not {value}.")
            most = LARGEST.get(field.name, MOST)
            if isinstance(value, int) and value > most:
                raise InputError(f"{field.name} must be at most {most}, not {value}.")
        for name in COUNTS:
            if getattr(self, name) < 1:
                raise InputError(f"{name} must be at least 1, not {getattr(self, name)}.")
        for name in AMOUNTS:
            if getattr(self, name) < 0:
                raise InputError(f"{name} must be 0 or above, not {getattr(self, name)}.")
        if self.padding not in (0, 1):
            raise InputError(f"padding must be 0 or 1, not {self.padding}.")
        if self.trunk not in TRUNKS:
            raise InputError(f"trunk must be one of {', '.join(TRUNKS)}, not {self.trunk}.")
        places = range(1, len(TRUNKS[self.trunk]))
        if not set(self.gates) <= set(places) or list(self.gates) != sorted(set(self.gates)):
            raise InputError(f"gates must be a rising choice of {','.join(map(str, places))}, not {self.gates}.")
        self._check_context()
        if cells(self.trunk, self.image_size, self.padding) < 1:
            raise InputError(f"image_size must leave a cell behind every pooling, which {self.image_size} does not.")
        if self.accumulation > self.images_per_batch:
            raise InputError(f"accumulation must be at most images_per_batch, which is {self.images_per_batch}, "
                             f"not {self.accumulation}.")
        if not 0 <= self.covering_from < 1:
            raise InputError(f"covering_from must be from 0 up to below 1, not {self.covering_from}.")
        if self.covering > 0 and len(self.strictness) < max(self.gates, default=0):
            raise InputError(f"strictness must give a number for each pool up to {max(self.gates)}, "
                             f"not {len(self.strictness)}.")
        if any(weight < 0 for weight in self.strictness):
            raise InputError(f"strictness must be 0 or above, not {min(self.strictness)}.")
        if self.optimizer not in ("adamw", "rmsprop"):
            raise InputError(f"optimizer must be adamw or rmsprop, not {self.optimizer}.")
        if self.schedule not in ("one-cycle", "steps"):
            raise InputError(f"schedule must be one-cycle or steps, not {self.schedule}.")
        if self.precision not in PRECISIONS:
            raise InputError(f"precision must be auto, float32 or bfloat16, not {self.precision}.")

    def _check_context(self) -> None:
        """VGG's context functions are its own next convolutions, and see as far as those."""
        if self.trunk == "plain" or self.context_radius == 0:
            return
        known = sorted({sum(block.convolutions for block in TRUNKS[self.trunk][gate]) for gate in self.gates})
        if known and known != [self.context_radius]:
            raise InputError(f"context_radius must be 0 or {known[0]} on {self.trunk}, not {self.context_radius}.")

    @property
    def name(self) -> str:
        """`KIND/MODEL`, as in `pan train mref/pan-ctx`."""
        return f"{self.kind}/{self.model}"

    @property
    def batch_questions(self) -> int:
        """Questions in one step."""
        return self.images_per_batch * self.questions_per_image

    @property
    def steps(self) -> int:
        """Optimiser steps of the whole run: as many as its questions need, the last batch whole."""
        return -(-self.questions // self.batch_questions)

    @property
    def steps_per_epoch(self) -> int:
        """Optimiser steps between two validations; the last epoch may have fewer."""
        return min(self.steps, max(1, self.epoch_questions // self.batch_questions))

    @property
    def epochs(self) -> int:
        """Validations in the run."""
        return -(-self.steps // self.steps_per_epoch)

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {**asdict(self), "gates": list(self.gates), "strictness": list(self.strictness)}

    @classmethod
    def from_json(cls, values: object) -> Recipe:
        """The recipe written by `to_json`; fields it does not know are refused.

        Raises:
            InputError: If a field is missing, unknown, or out of range.
        """
        if not isinstance(values, Mapping):
            raise InputError("a recipe is an object of fields.")
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in values.items() if name not in FORMER}
        if unknown := set(values) - known:
            raise InputError(
                f"a recipe has no field {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}."
            )
        try:
            return as_kind(dict(values), cls)
        except ValueError as error:
            raise InputError(f"the recipe cannot be read: {error}") from error

    def with_settings(self, settings: Mapping[str, str]) -> Recipe:
        """A copy with fields changed, each given as text (`--set FIELD=VALUE`).

        Raises:
            InputError: If a field is unknown or its text is not a value of its type.
        """
        values = self.to_json()
        for name, text in settings.items():
            if name not in values:
                raise InputError(f"a recipe has no field “{name}”; it has {', '.join(sorted(values))}.")
            try:
                values[name] = PARSERS[type(values[name])](text)
            except (ValueError, KeyError) as error:
                raise InputError(f"“{text}” is not a value of {name}, which is {values[name]} now.") from error
        return self.from_json(values)


PARSERS: dict[type, Callable[[str], object]] = {
    bool: lambda text: {"true": True, "false": False}[text.lower()],
    int: int,
    float: float,
    list: lambda text: [float(part) if "." in part else int(part) for part in text.split(",") if part.strip()],
    str: str,
}
"""How the text of a field becomes its JSON value."""
