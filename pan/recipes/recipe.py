"""All that decides the weights a training run ends with, as one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from pan.recipes.groups import DataFields, HardwareFields, NetworkFields, ObjectiveFields, OptimizationFields
from pan.recipes.ranges import check_ranges
from pan.system.errors import InputError
from pan.system.json_file import as_kind

LARGEST_SEED = 2**63 - 1
"""That torch takes."""

FORMER = ("area_price", "top_price", "area_price_from")
"""Fields of recipes before 0.5, which still stand in the headers of checkpoints."""


@dataclass(frozen=True)
class Recipe:
    """All that decides the weights a training run ends with, except the task's words.

    Its fields lie in groups. No two have the same name, so in files and for `--set` they stand side by side
    (`to_json`, `with_fields`).

    Attributes:
        kind: Data set: `mref`, `mdist`, `mbg`, `vg` or `vg-tiny`.
        model: One of `pan.recipes.digits.MODELS`, or of those of `pan.recipes.attributes`.
        preset: The name this recipe started from: `quick`, `standard`, `paper` or `authors`.
        seed: Seeds scenes, initial weights and the order of the questions.
        start: Checkpoint whose agreeing weights are taken over; empty starts from nothing.
        data: What it is trained on.
        network: Its form.
        objective: What is minimised.
        optimization: How long, and by what steps.
        hardware: How a machine computes it.
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
        """Optimiser steps of the whole run: as many as its questions need, the last batch whole."""
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
        """All fields side by side, as JSON values."""
        flat = asdict(self)
        for group in GROUPS:
            flat |= flat.pop(group)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in flat.items()}

    @classmethod
    def from_json(cls, values: object) -> Recipe:
        """The recipe written by `to_json`; fields it does not know are refused.

        Raises:
            InputError: If a field is missing, unknown, or out of range.
        """
        try:
            return as_kind(grouped(values), cls)
        except ValueError as error:
            raise InputError(f"the recipe cannot be read: {error}") from error

    def changes_from(self, other: Recipe) -> dict[str, Any]:
        """The fields that another recipe has otherwise, as JSON values."""
        theirs = other.to_json()
        return {name: value for name, value in self.to_json().items() if value != theirs[name]}

    def with_fields(self, **values: object) -> Recipe:
        """A copy with fields of whatever group changed.

        Raises:
            InputError: If a field is unknown or out of range.
        """
        return self.from_json(self.to_json() | values)

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


GROUPS: dict[str, type] = {
    "data": DataFields, "network": NetworkFields, "objective": ObjectiveFields, "optimization": OptimizationFields,
    "hardware": HardwareFields,
}  # fmt: skip

FIELDS = {each.name: "" for each in fields(Recipe) if each.name not in GROUPS} | {
    each.name: name for name, group in GROUPS.items() for each in fields(group)
}
"""The group of each field; those of the recipe itself are in none."""


def grouped(values: object) -> dict[str, Any]:
    """The fields that `Recipe.to_json` wrote, in their groups.

    Raises:
        InputError: If there is a field that no recipe has, or no field at all.
    """
    if not isinstance(values, Mapping):
        raise InputError("a recipe is an object of fields.")
    values = {name: value for name, value in values.items() if name not in FORMER}
    if unknown := set(values) - set(FIELDS):
        raise InputError(f"a recipe has no field {', '.join(sorted(unknown))}; it has {', '.join(sorted(FIELDS))}.")
    own = {name: value for name, value in values.items() if FIELDS[name] == ""}
    return own | {
        group: {name: value for name, value in values.items() if FIELDS[name] == group} for group in GROUPS
    }


PARSERS: dict[type, Callable[[str], object]] = {
    bool: lambda text: {"true": True, "false": False}[text.lower()],
    int: int,
    float: float,
    list: lambda text: [float(part) if "." in part else int(part) for part in text.split(",") if part.strip()],
    str: str,
}
"""How the text of a field becomes its JSON value."""
