"""Measurements that other installed packages add to `pan benchmark`, as entry points of the group `pan.benchmark`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import NamedTuple

GROUP = "pan.benchmark"


class Effort(NamedTuple):
    """How thoroughly to measure.

    Attributes:
        seconds: Duration of a continuous measurement.
        turns: Repetitions of an alternating comparison.
    """

    seconds: int
    turns: int


@dataclass(frozen=True)
class Latency:
    """A latency in milliseconds.

    Attributes:
        what: The quantity, in words.
        median: The median.
        p95: The 95th percentile.
    """

    what: str
    median: float
    p95: float


@dataclass(frozen=True)
class Requirement:
    """A measured value beside its requirement on two idle cores.

    Attributes:
        what: The quantity, in words.
        measured: The measured value, with its unit.
        required: The required value, with its unit.
        holds: Whether the requirement is met.
    """

    what: str
    measured: str
    required: str
    holds: bool


@dataclass(frozen=True)
class Extension:
    """The measurements of one package.

    Attributes:
        title: Title of the table of requirements.
        numbers: Numbers for the benchmark's JSON, by key.
        latencies: Rows of the table of latencies.
        requirements: Rows of the table of requirements.
        remark: A sentence below that table.
    """

    title: str
    numbers: Mapping[str, object]
    latencies: tuple[Latency, ...]
    requirements: tuple[Requirement, ...]
    remark: str


Measure = Callable[[Effort, Callable[[str], None]], Extension]
"""A function that measures, and calls its second argument with messages about its progress."""


def installed_measures() -> list[Measure]:
    """The functions of all installed packages."""
    return [point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]
