"""The speed of the window, for `pan benchmark`: the entry point `window` of the group `pan.benchmark`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from pan.benchmark.extensions import Effort, Extension, Latency
from pan_explorer.speed.start_up import measure_start_up
from pan_explorer.speed.window import measure_window, window_speeds

STARTS = 5
"""Starts that are timed. One takes a second, and the median removes the effect of other processes."""


def measure(effort: Effort, note: Callable[[str], None]) -> Extension:
    """Run each program of this package that measures the window, in a process of its own.

    Raises:
        InputError: If one of them fails.
    """
    steps = str(10 * effort.seconds)
    note("measuring the window …")
    redrawn = measure_window("pan_explorer.speed.redraw_time", "--queries", steps)
    dragged = measure_window("pan_explorer.speed.dragging", "--seconds", str(effort.seconds))
    training = measure_window("pan_explorer.speed.responsiveness", "--seconds", str(effort.seconds))
    drawing = measure_window("pan_explorer.speed.drawing_cost", "--steps", steps, "--turns", str(effort.turns))
    note("starting the window …")
    start = measure_start_up(STARTS)
    return Extension(
        title="the window",
        numbers={
            "start_up": asdict(start), "window_redrawn": redrawn, "window_dragged": dragged,
            "window_while_training": training, "window_drawing_a_run": drawing,
        },
        latencies=(
            Latency("query changed to window redrawn", redrawn["median"], redrawn["p95"]),
            Latency("digit dragged to window painted with answers", dragged["median"], dragged["p95"]),
        ),
        requirements=tuple(window_speeds(redrawn, dragged, training, drawing, start)),
        remark=f"the window's panels are there {start.filled:.2f} s after its program is started",
    )  # fmt: skip
