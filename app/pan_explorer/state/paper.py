"""What stands beside the paper's numbers: networks at hand with what is known of them, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pan.recipes.digits import KINDS
from pan_explorer.state.evaluation import Progress

KIND_TITLES = {"mref": "MREF", "mdist": "MDIST", "mbg": "MBG"}


class Network(NamedTuple):
    """A trained network, as its file's header tells it.

    Attributes:
        name: The checkpoint's.
        kind: What it was trained on.
        model: What network it is.
        test: What was measured of it on test scenes before it was shipped, JSON values; empty if nothing was.
    """

    name: str
    kind: str
    model: str
    test: Mapping[str, Any]


class Number(NamedTuple):
    """A share with where it is from, in words."""

    share: float
    source: str


@dataclass(frozen=True, eq=False)
class PaperState:
    """The page's own part of the document.

    Attributes:
        kind: The data whose figures are shown.
        networks: The networks at hand, those that the window compares first.
        looked_up: Whether it is known which there are.
        measured: What was measured on test scenes drawn here, by network: the JSON values of an evaluation.
        report: The numbers of an opened report, by `KIND/MODEL`.
        report_folder: That report, None without one.
        progress: How far an evaluation has come, None while there is none.
    """

    kind: str = KINDS[0]
    networks: tuple[Network, ...] = ()
    looked_up: bool = False
    measured: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    report: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    report_folder: Path | None = None
    progress: Progress | None = None

    def network(self, kind: str, model: str) -> Network | None:
        """The first network of a kind, None if there is none at hand."""
        return next((each for each in self.networks if (each.kind, each.model) == (kind, model)), None)

    def of_kind(self, kind: str) -> tuple[Network, ...]:
        """The networks that were trained on a kind, one of each sort."""
        return tuple({each.model: each for each in reversed(self.networks) if each.kind == kind}.values())[::-1]

    def number(self, kind: str, model: str, key: str) -> Number | None:
        """What is known of a network by the key of an evaluation, None if nothing is.

        A report that was opened counts first, then what a checkpoint tells of itself, then what was measured here.
        """
        if (share := self.report.get(f"{kind}/{model}", {}).get(key)) is not None:
            return Number(share, f"from the report {self.report_folder}")
        network = self.network(kind, model)
        if network is None:
            return None
        for values, source in ((network.test, "as its file tells"), (self.measured.get(network.name, {}), "here")):
            if (share := values.get(key)) is not None:
                return Number(share, f"{network.name}, {_extent(values, key)}{source}")
        return None


def _extent(values: Mapping[str, Any], key: str) -> str:
    """On how much a number rests, and how far it may be off."""
    questions = values.get("questions") or values.get("examples")
    interval = values.get(f"{key}_interval")
    reach = f", 95 % within {100 * interval[0]:.1f} to {100 * interval[1]:.1f} %" if interval else ""
    return f"{questions:,} test questions{reach}, measured " if questions else "measured "
