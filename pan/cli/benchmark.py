"""`pan benchmark`: how fast this machine is, each speed beside that of doing it plainly."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from pan.cli.terminal import STANDARD_OUTPUT, check_output, note, say, table, write_json
from pan.device import choose_device
from pan.models import MODELS
from pan.recipes import find_recipe
from pan.speed.benchmark import compare_scenes, compare_training, peak_memory, time_explanations
from pan.speed.bounds import Bound, find_bound, matrix_product_peak
from pan.speed.start_up import measure_start_up
from pan.speed.window import measure_window, window_speeds

STARTS = 5
"""A start takes a second, and what its neighbours do to one of them is not what is asked."""
QUICKLY = ("pan-ctx", "san", "han")
EXPLAINED = ("mref/pan-ctx", "mref/san", "mref/han")


def run(arguments: Namespace) -> None:
    """Measure, and say what came out."""
    if arguments.json not in (None, STANDARD_OUTPUT):
        check_output(Path(arguments.json))
    turns, steps, scenes, seconds = (1, 4, 200, 5) if arguments.quick else (3, 20, 1_000, 20)
    if choose_device().type != "cpu":
        steps *= 20  # they take milliseconds
    networks = QUICKLY if arguments.quick else tuple(MODELS)
    note("drawing scenes …")
    comparisons = [compare_scenes(scenes, turns)]
    bounds = []
    for model in networks:
        note(f"training {model} …")
        recipe, compared = find_recipe(f"mref/{model}"), compare_training(model, steps, turns)
        comparisons.append(compared)
        bounds.append(find_bound(recipe, compared.speed, matrix_product_peak(recipe)))
    note("explaining …")
    explained = time_explanations(EXPLAINED, 10 * seconds)
    note("watching the window …")
    redrawn = measure_window("app.speed.redraw_time", "--queries", str(10 * seconds))
    dragged = measure_window("app.speed.dragging", "--seconds", str(seconds))
    training = measure_window("app.speed.responsiveness", "--seconds", str(seconds))
    drawing = measure_window("app.speed.drawing_cost", "--steps", str(10 * seconds), "--turns", str(turns))
    note("starting the window …")
    start = measure_start_up(STARTS)
    memory = peak_memory()
    if arguments.json is not None:
        write_json(arguments.json, {
            "compared": [asdict(each) for each in comparisons], "bounds": [asdict(each) for each in bounds],
            "explained": asdict(explained), "start_up": asdict(start), "window_redrawn": redrawn,
            "window_dragged": dragged, "window_while_training": training, "window_drawing_a_run": drawing,
            "peak_memory_mb": memory,
        })  # fmt: skip
        return
    say(table(
        ["", "here", "plainly", "ratio"],
        [[each.what, f"{each.speed:,.0f}", f"{each.plain:,.0f}", f"{each.ratio:.1f} ×"] for each in comparisons],
    ))  # fmt: skip
    say("")
    say(table(["training", "operations / question", "a second", "of the peak", "its time goes to"],
              list(map(_bound_row, bounds))))
    say("")
    say(table(
        ["ms", "median", "p95"],
        [[explained.what, f"{explained.median:.1f}", f"{explained.p95:.1f}"],
         ["query changed to window redrawn", f"{redrawn['median']:.1f}", f"{redrawn['p95']:.1f}"],
         ["digit dragged to window painted with answers", f"{dragged['median']:.1f}", f"{dragged['p95']:.1f}"]],
    ))  # fmt: skip
    say("")
    speeds = window_speeds(redrawn, dragged, training, drawing, start)
    say(table(
        ["the window", "here", "required on two idle cores", ""],
        [[each.what, each.measured, each.required, "" if each.holds else "missed"] for each in speeds],
    ))  # fmt: skip
    say(f"\nthe window's panels are there {start.filled:.2f} s after its program is started")
    if memory is not None:
        say(f"\n{memory:,.0f} MB of memory at most, the window's own left out")


def _bound_row(bound: Bound) -> list[str]:
    operators = ", ".join(f"{name} {100 * share:.0f} %" for name, share in bound.operators.items())
    return [bound.model, f"{bound.operations:,.0f} M", f"{bound.rate:,.0f} G",
            f"{100 * bound.share:.0f} % of {bound.peak:,.0f} G", operators]  # fmt: skip
