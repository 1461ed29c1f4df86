"""Time and memory of the commands on a set, each command in a separate process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pan.benchmark.comparisons import megabytes
from pan.benchmark.growth.sets import write_crowded, write_photographs, write_scenes
from pan.system.errors import InputError


class Kind(NamedTuple):
    """A kind of set.

    Attributes:
        title: A description.
        write: A function that writes a set with a number of questions.
        networks: The task of the networks that answer it.
    """

    title: str
    write: Callable[[Path, int], Iterator[int]]
    networks: str


KINDS = {
    "scenes": Kind("scenes of 100 × 100 pixels, 7 questions each, with masks", write_scenes, "mref"),
    "photographs": Kind("photographs of 500 to 4,000 pixels, 20 questions each, with boxes", write_photographs,
                        "vg-tiny"),
    "crowded": Kind("scenes that are asked 5,000 times", write_crowded, "mref"),
}  # fmt: skip
STEPS = {
    "checked": "pan data check", "decoded": "opened for the first time", "opened": "opened again",
    "san": "answered by SAN", "pan-ctx": "answered by PAN-CTX",
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """Time and memory of a step.

    Attributes:
        kind: A key of `KINDS`.
        questions: The number of questions of the set.
        step: A key of `STEPS`.
        seconds: Wall time.
        memory: Peak memory of the process and its children, in MB.
    """

    kind: str
    questions: int
    step: str
    seconds: float
    memory: float


def measure_growth(kind: str, questions: int, sets: Path) -> Iterator[Cost]:
    """Run `pan data check`, and `pan evaluate` with SAN and PAN-CTX, with an empty cache of decoded images.

    Args:
        kind: A key of `KINDS`.
        questions: The number of questions.
        sets: The folder for the set, which is kept.

    Raises:
        InputError: If a command fails, or the system does not report the memory of a process that has ended.
    """
    if not hasattr(os, "wait4"):
        raise InputError("This system does not report the memory of a process that has ended; sets are not measured.")
    data = sets / f"{kind}-{questions}"
    if not data.is_dir():
        for _ in KINDS[kind].write(data, questions):
            pass
    with TemporaryDirectory() as cache:
        seconds, memory, _ = _run(cache, "data", "check", str(data), "--json", "-")
        yield Cost(kind, questions, "checked", seconds, memory)
        for network, reading in (("san", "decoded"), ("pan-ctx", "opened")):
            name = f"{KINDS[kind].networks}/{network}"
            seconds, memory, (measured,) = _run(cache, "evaluate", name, "--data", str(data), "--json", "-")
            yield Cost(kind, questions, reading, seconds - measured["seconds"], memory)
            yield Cost(kind, questions, network, measured["seconds"], memory)


def _run(cache: str, *arguments: str) -> tuple[float, float, Any]:
    """Seconds, memory in MB, and the JSON that a command prints."""
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "pan", *arguments], stdout=subprocess.PIPE, env={**os.environ, "PAN_CACHE": cache}
    ) as process:
        output = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise InputError(f"pan {' '.join(arguments)} failed.")
    return time.perf_counter() - began, megabytes(used.ru_maxrss), json.loads(output)
