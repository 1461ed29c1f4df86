"""What the report compares: a network's numbers, measured now or in a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pan.evaluation.intervals import Interval
from pan.recipes.recipe import Recipe
from pan.report.digits.results import Results
from pan.studies import Record

RISING = {"tpr": "TPR", "pxap": "PxAP"}
"""What should rise from layer to layer, with its name."""

Share = tuple[float | None, Interval | None]
"""A share from 0 to 1 with its 95 % interval over questions; None where it has no meaning."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """A network's numbers on test scenes of the kind it was trained on.

    Attributes:
        recipe: How it was trained.
        values: What was measured, with the keys of `pan evaluate --json`.
    """

    recipe: Recipe
    values: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """What it was trained on."""
        return self.recipe.kind

    @property
    def model(self) -> str:
        """The network."""
        return self.recipe.model

    def share(self, key: str) -> Share:
        """A measure that has an interval, such as `accuracy` or `tpr`."""
        interval = self.values.get(f"{key}_interval")
        return self.values.get(key), interval and (interval[0], interval[1])

    def by_layer(self, key: str) -> tuple[float, ...]:
        """`tpr` or `pxap` accumulated up to each layer; empty for a network without attention, or not measured."""
        return tuple(share or 0.0 for share in self.values.get(f"{key}_by_layer") or ())

    @property
    def measured_by_0_4(self) -> bool:
        """Whether version 0.4.0 measured it: with maps resized as tiles, intervals over questions, no covering."""
        return "pxap" not in self.values

    @property
    def worst_bin(self) -> Share:
        """Accuracy in the bin of scale in which it is least."""
        bins = [each for each in self.values.get("accuracy_by_scale") or () if each["examples"]]
        if not bins:
            return None, None
        worst = min(bins, key=lambda each: float(each["accuracy"]))
        return worst["accuracy"], (worst["interval"][0], worst["interval"][1])


def numbers_of(results: Results) -> list[Numbers]:
    """What was measured now; over scale, of the digit placed first in each scene alone."""
    return [
        Numbers(
            each.checkpoint.recipe,
            {**each.evaluation.to_json(), "accuracy_by_scale": [one._asdict() for one in each.by_scale]},
        )
        for each in results.all
    ]


def of_study(records: Sequence[Record], study: str) -> list[Numbers]:
    """What a study measured; of several trainings of a network the longest comes first."""
    chosen = [each for each in records if each.study == study]
    chosen.sort(key=lambda each: -each.recipe.optimization.questions)
    return [Numbers(each.recipe, each.evaluation) for each in chosen]


class Regimes(NamedTuple):
    """The ways in which networks of the paper were trained.

    Attributes:
        here: The networks that are reported on.
        authors: By the regime of the released code.
        literal: By the paper's literal text.
    """

    here: Sequence[Numbers]
    authors: Sequence[Numbers]
    literal: Sequence[Numbers]


def regimes(results: Results, records: Sequence[Record]) -> Regimes:
    """What was measured now, and what studies measured."""
    return Regimes(numbers_of(results), of_study(records, "authors"), of_study(records, "paper"))


def find(numbers: Sequence[Numbers], kind: str, model: str) -> Numbers | None:
    """A network on a kind, None where it was not measured."""
    return next((each for each in numbers if (each.kind, each.model) == (kind, model)), None)
