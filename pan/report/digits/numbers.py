"""The numbers that the report compares, from the present evaluation or from studies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pan.evaluation.intervals import Interval
from pan.recipes.recipe import Recipe
from pan.report.digits.results import Results
from pan.studies import Record

RISING = {"tpr": "TPR", "pxap": "PxAP"}
"""Measures that should rise from layer to layer, with their titles."""

Share = tuple[float | None, Interval | None]
"""A share from 0 to 1 with its 95 % interval; None if it is undefined."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """A network's measures on test scenes of its kind.

    Attributes:
        recipe: The recipe of its training.
        values: The measures, with the keys of `pan evaluate --json`.
    """

    recipe: Recipe
    values: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The kind of scenes on which it was trained."""
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
        """`tpr` or `pxap` accumulated up to each layer; empty if not measured, or without attention."""
        return tuple(share or 0.0 for share in self.values.get(f"{key}_by_layer") or ())

    @property
    def measured_by_0_4(self) -> bool:
        """Whether it was measured by version 0.4.0, with maps resized as tiles and intervals over questions."""
        return "pxap" not in self.values

    @property
    def worst_bin(self) -> Share:
        """The lowest accuracy of all bins of scale."""
        bins = [each for each in self.values.get("accuracy_by_scale") or () if each["examples"]]
        if not bins:
            return None, None
        worst = min(bins, key=lambda each: float(each["accuracy"]))
        return worst["accuracy"], (worst["interval"][0], worst["interval"][1])


def numbers_of(results: Results) -> list[Numbers]:
    """The numbers of evaluated networks; over scale, only the first placed digits count."""
    return [
        Numbers(
            each.checkpoint.recipe,
            {**each.evaluation.to_json(), "accuracy_by_scale": [one._asdict() for one in each.by_scale]},
        )
        for each in results.all
    ]


def of_study(records: Sequence[Record], study: str) -> list[Numbers]:
    """The numbers of a study; of several trainings of a network the longest comes first."""
    chosen = [each for each in records if each.study == study]
    chosen.sort(key=lambda each: -each.recipe.optimization.questions)
    return [Numbers(each.recipe, each.evaluation) for each in chosen]


class Regimes(NamedTuple):
    """The numbers by way of training.

    Attributes:
        here: The networks of the report.
        authors: Networks trained as in the released code.
        literal: Networks trained by the paper's literal text.
    """

    here: Sequence[Numbers]
    authors: Sequence[Numbers]
    literal: Sequence[Numbers]


def regimes(results: Results, records: Sequence[Record]) -> Regimes:
    """Group the numbers of the evaluated networks and of the studies."""
    return Regimes(numbers_of(results), of_study(records, "authors"), of_study(records, "paper"))


def find(numbers: Sequence[Numbers], kind: str, model: str) -> Numbers | None:
    """The numbers of a network on a kind; None if it was not measured."""
    return next((each for each in numbers if (each.kind, each.model) == (kind, model)), None)
