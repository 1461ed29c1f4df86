"""What other installed packages add to `pan benchmark`: functions that they name as entry points of `pan.benchmark`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import NamedTuple

GROUP = "pan.benchmark"


class Effort(NamedTuple):
    """How thoroughly to measure.

    Attributes:
        seconds: For which something is watched.
        turns: How often what is compared is measured in alternation.
    """

    seconds: int
    turns: int


@dataclass(frozen=True)
class Latency:
    """A duration in milliseconds.

    Attributes:
        what: What is measured, in words.
        median: Half of all are shorter.
        p95: Of a hundred, 95 are shorter.
    """

    what: str
    median: float
    p95: float


@dataclass(frozen=True)
class Requirement:
    """A speed beside what it must be on two otherwise idle cores.

    Attributes:
        what: What is measured, in words.
        measured: What came out, with its unit.
        required: What it must be, with its unit.
        holds: Whether it is.
    """

    what: str
    measured: str
    required: str
    holds: bool


@dataclass(frozen=True)
class Extension:
    """What one package measured.

    Attributes:
        title: What was measured, in words.
        numbers: By the key that they have in the benchmark's JSON.
        latencies: Rows of the table of latencies.
        requirements: A table of their own.
        remark: A sentence below that table.
    """

    title: str
    numbers: Mapping[str, object]
    latencies: tuple[Latency, ...]
    requirements: tuple[Requirement, ...]
    remark: str


Measure = Callable[[Effort, Callable[[str], None]], Extension]
"""Measures, and tells in words what it is at."""


def installed_measures() -> list[Measure]:
    """The functions that installed packages name."""
    return [point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]
