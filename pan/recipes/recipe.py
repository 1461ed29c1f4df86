"""The recipe of a training run: data, network, loss and optimisation, as one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from pan.recipes.groups import DataFields, HardwareFields, NetworkFields, ObjectiveFields, OptimizationFields
from pan.recipes.ranges import check_ranges
from pan.system.errors import InputError
from pan.system.json_file import as_kind

LARGEST_SEED = 2**63 - 1
"""torch accepts no larger one."""

FORMER = ("area_price", "top_price", "area_price_from")
"""Fields of recipes before 0.5, which headers of older checkpoints still have."""


@dataclass(frozen=True)
class Recipe:
    """Everything that determines the trained weights, except the task's words.

    The fields are in groups. Their names are unique, so that files and `--set` use them without the group
    (`to_json`, `with_fields`).

    Attributes:
        kind: The data set: `mref`, `mdist`, `mbg`, `vg`, `vg-tiny`, or the name of an own set.
        model: One of `pan.recipes.digits.MODELS` or `pan.recipes.attributes.MODELS`.
        preset: The preset that this recipe is derived from: `quick`, `standard`, `paper` or `authors`.
        seed: Seed of the scenes, the initial weights and the order of the questions.
        start: The checkpoint to initialise matching weights from; empty for random weights.
        data: Training data.
        network: Architecture.
        objective: Loss.
        optimization: Budget, optimiser and learning rate.
        hardware: Precision, memory and processes.
    """

    kind: str
    model: str
    preset: str = "standard"
    seed: int = 0
    start: str = ""
    data: DataFields = field(default_factory=DataFields)
    network: NetworkFields = field(default_factory=NetworkFields)
    objective: ObjectiveFields = field(default_factory=ObjectiveFields)
    optimization: OptimizationFields = field(default_factory=OptimizationFields)
    hardware: HardwareFields = field(default_factory=HardwareFields)

    def __post_init__(self) -> None:
        check_ranges(self, "seed", least=0, most=LARGEST_SEED)
        self.network.check_image(self.data.image_size)
        self.objective.check_gates(self.network.gates)
        if self.hardware.accumulation > self.data.images_per_batch:
            raise InputError(f"accumulation must be at most images_per_batch, which is {self.data.images_per_batch}, "
                             f"not {self.hardware.accumulation}.")

    @property
    def name(self) -> str:
        """`KIND/MODEL`, as in `pan train mref/pan-ctx`."""
        return f"{self.kind}/{self.model}"

    @property
    def steps(self) -> int:
        """Optimiser steps of the run, rounded up to whole batches."""
        return -(-self.optimization.questions // self.data.batch_questions)

    @property
    def steps_per_epoch(self) -> int:
        """Optimiser steps between two validations; the last epoch may have fewer."""
        return min(self.steps, max(1, self.optimization.epoch_questions // self.data.batch_questions))

    @property
    def epochs(self) -> int:
        """Validations in the run."""
        return -(-self.steps // self.steps_per_epoch)

    def to_json(self) -> dict[str, Any]:
        """All fields as one flat JSON object."""
        flat = asdict(self)
        for group in GROUPS:
            flat |= flat.pop(group)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in flat.items()}

    @classmethod
    def from_json(cls, values: object) -> Recipe:
        """The recipe that `to_json` wrote.

        Raises:
            InputError: If a field is missing, unknown, or out of range.
        """
        try:
            return as_kind(grouped(values), cls)
        except ValueError as error:
            raise InputError(f"the recipe cannot be read: {error}") from error

    def changes_from(self, other: Recipe) -> dict[str, Any]:
        """The fields in which this recipe differs from another, as JSON values."""
        theirs = other.to_json()
        return {name: value for name, value in self.to_json().items() if value != theirs[name]}

    def with_fields(self, **values: object) -> Recipe:
        """A copy with some fields changed, of any group.

        Raises:
            InputError: If a field is unknown or out of range.
        """
        return self.from_json(self.to_json() | values)

    def with_settings(self, settings: Mapping[str, str]) -> Recipe:
        """A copy with some fields changed, given as text (`--set FIELD=VALUE`).

        Raises:
            InputError: If a field is unknown or its text cannot be parsed.
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


GROUPS: dict[str, type] = {
    "data": DataFields, "network": NetworkFields, "objective": ObjectiveFields, "optimization": OptimizationFields,
    "hardware": HardwareFields,
}  # fmt: skip

FIELDS = {each.name: "" for each in fields(Recipe) if each.name not in GROUPS} | {
    each.name: name for name, group in GROUPS.items() for each in fields(group)
}
"""The group of each field; empty for the fields of the recipe itself."""


def grouped(values: object) -> dict[str, Any]:
    """Sort the flat fields of `Recipe.to_json` into their groups.

    Raises:
        InputError: If the value is not an object, or has an unknown field.
    """
    if not isinstance(values, Mapping):
        raise InputError("a recipe must be an object of fields.")
    values = {name: value for name, value in values.items() if name not in FORMER}
    if unknown := set(values) - set(FIELDS):
        raise InputError(f"a recipe has no field {', '.join(sorted(unknown))}; it has {', '.join(sorted(FIELDS))}.")
    own = {name: value for name, value in values.items() if FIELDS[name] == ""}
    return own | {
        group: {name: value for name, value in values.items() if FIELDS[name] == group} for group in GROUPS
    }


def _number(text: str) -> int | float:
    """A whole number, or one with a fraction or an exponent."""
    try:
        return int(text)
    except ValueError:
        return float(text)


PARSERS: dict[type, Callable[[str], object]] = {
    bool: lambda text: {"true": True, "false": False}[text.lower()],
    int: int,
    float: float,
    list: lambda text: [_number(part) for part in text.split(",") if part.strip()],
    str: str,
}
"""Parsers of a field's text, by the type of its JSON value."""
