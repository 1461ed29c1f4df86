"""The state of the paper's page: the available networks, and their measured numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pan.recipes.digits import KINDS
from pan_explorer.state.evaluation import Progress

KIND_TITLES = {"mref": "MREF", "mdist": "MDIST", "mbg": "MBG"}


class Network(NamedTuple):
    """A trained network, from the header of its checkpoint.

    Attributes:
        name: The checkpoint's name or path.
        kind: The task on which it was trained.
        model: The architecture.
        test: Its metrics on test scenes, as JSON values from the header; empty if it has none.
    """

    name: str
    kind: str
    model: str
    test: Mapping[str, Any]


class Number(NamedTuple):
    """A rate, 0 to 1, with its source in words."""

    share: float
    source: str


@dataclass(frozen=True, eq=False)
class PaperState:
    """The state of the page.

    Attributes:
        kind: The task whose figures are shown.
        networks: The available networks; those that the window compares come first.
        looked_up: Whether `networks` has been read.
        measured: Evaluations on test scenes of this computer, as JSON values by network.
        report: The numbers of the opened report, by `KIND/MODEL`.
        report_folder: The folder of the opened report; None if there is none.
        progress: The progress of the running evaluation; None if there is none.
    """

    kind: str = KINDS[0]
    networks: tuple[Network, ...] = ()
    looked_up: bool = False
    measured: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    report: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    report_folder: Path | None = None
    progress: Progress | None = None

    def network(self, kind: str, model: str) -> Network | None:
        """The first network with this task and architecture; None if there is none."""
        return next((each for each in self.networks if (each.kind, each.model) == (kind, model)), None)

    def of_kind(self, kind: str) -> tuple[Network, ...]:
        """The networks trained on a task, the first of each architecture."""
        return tuple({each.model: each for each in reversed(self.networks) if each.kind == kind}.values())[::-1]

    def number(self, kind: str, model: str, key: str) -> Number | None:
        """A metric of a network, by the key of an evaluation; None if it is not known.

        It is taken from the opened report, else from the checkpoint, else from an evaluation on this computer.
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
    """The number of test questions and the confidence interval of a metric, in words."""
    questions = values.get("questions") or values.get("examples")
    interval = values.get(f"{key}_interval")
    reach = f", 95 % within {100 * interval[0]:.1f} to {100 * interval[1]:.1f} %" if interval else ""
    return f"{questions:,} test questions{reach}, measured " if questions else "measured "
