"""The speed of the window, compared with its requirements on two otherwise idle cores."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from pan.benchmark.extensions import Requirement
from pan.system.errors import InputError
from pan_explorer.speed.start_up import StartUp

Numbers = Mapping[str, float]


def window_speeds(
    redrawn: Numbers, dragged: Numbers, training: Numbers, drawing: Numbers, start: StartUp
) -> list[Requirement]:
    """The requirements, checked on the output of the programs of this package and on the start-up."""
    median, answers = redrawn["median"], dragged["answers_per_second"]
    gap, cost = training["longest_gap"], 100 * drawing["cost"]
    return [
        Requirement(f"query changed to window redrawn, {redrawn['networks']:.0f} networks, median",
                    f"{median:.0f} ms", "< 50 ms", median < 50),
        Requirement(f"answers while a digit is dragged, {dragged['networks']:.0f} networks",
                    f"{answers:.0f} / s", "≥ 20 / s", answers >= 20),
        Requirement("longest gap of a 10 ms timer while a network trains", f"{gap:.0f} ms", "< 150 ms", gap < 150),
        Requirement("drawing's share of training's throughput", f"{cost:.1f} %", "≤ 10 %", cost <= 10),
        Requirement(f"window shown, beside Qt alone ({start.qt:.2f} s)", f"{start.ratio:.2f} ×", "≤ 1.3 ×",
                    start.ratio <= 1.3),
    ]  # fmt: skip


def measure_window(module: str, *arguments: str) -> dict[str, float]:
    """Run a module of this package in its own process and return the numbers it prints; this process imports no Qt.

    Raises:
        InputError: If it could not be measured.
    """
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode != 0:
        raise InputError(f"{module} could not be measured: {done.stderr.strip().splitlines()[-1:]}")
    numbers: dict[str, float] = json.loads(done.stdout)
    return numbers
