"""`pan benchmark`: the speed of this machine, beside that of straightforward implementations."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict

from pan.benchmark.bounds import Bound, find_bound, matrix_product_peak
from pan.benchmark.comparisons import (
    compare_drawing_processes,
    compare_scenes,
    compare_training,
    peak_memory,
    time_explanations,
)
from pan.benchmark.extensions import Effort, installed_measures
from pan.benchmark.growth.measuring import KINDS, STEPS, Cost
from pan.benchmark.growth.separate import measure_separately
from pan.benchmark.growth.slope import Slope, find_slopes
from pan.cli.outputs import check_json_output
from pan.cli.terminal import note, say, table, write_json
from pan.recipes.by_name import find_recipe
from pan.recipes.digits import MODELS
from pan.system.device import choose_device
from pan.system.errors import InputError

QUICK_NETWORKS = ("pan-ctx", "san", "han")
QUICK_SIZES, SIZES = (1_000, 4_000), (1_000, 10_000)
"""Questions of the small and the large set."""
EXPLAINED = ("mref/pan-ctx", "mref/san", "mref/han")


def run(arguments: Namespace) -> None:
    """Measure, and print the results."""
    check_json_output(arguments.json)
    turns, steps, scenes, seconds = (1, 4, 200, 5) if arguments.quick else (3, 20, 1_000, 20)
    if choose_device().type != "cpu":
        steps *= 20  # a step takes milliseconds there
    networks = QUICK_NETWORKS if arguments.quick else MODELS
    note("drawing scenes …")
    comparisons = [compare_scenes(scenes, turns), compare_drawing_processes(2 * scenes, turns)]
    bounds = []
    for model in networks:
        note(f"training {model} …")
        recipe, compared = find_recipe(f"mref/{model}"), compare_training(model, steps, turns)
        comparisons.append(compared)
        bounds.append(find_bound(recipe, compared.speed, matrix_product_peak(recipe)))
    note("explaining …")
    explained = time_explanations(EXPLAINED, 10 * seconds)
    small, large = QUICK_SIZES if arguments.quick else SIZES
    growth = _measure_growth(("scenes",) if arguments.quick else tuple(KINDS), (small, large))
    extensions = [measure(Effort(seconds, turns), note) for measure in installed_measures()]
    added = {key: value for each in extensions for key, value in each.numbers.items()}
    latencies = [explained, *(latency for each in extensions for latency in each.latencies)]
    memory = peak_memory()
    if arguments.json is not None:
        write_json(arguments.json, {
            "compared": [asdict(each) for each in comparisons], "bounds": [asdict(each) for each in bounds],
            "explained": asdict(explained), "growth": [asdict(each) for each in growth], **added,
            "peak_memory_mb": memory,
        })  # fmt: skip
        return
    say(table(
        ["", "here", "baseline", "ratio"],
        [[each.what, f"{each.speed:,.0f}", f"{each.plain:,.0f}", f"{each.ratio:.1f} ×"] for each in comparisons],
    ))  # fmt: skip
    say("")
    say(table(["training", "operations / question", "operations / s", "of the peak", "slowest operators"],
              list(map(_bound_row, bounds))))
    say("")
    say(table(
        ["ms", "median", "p95"],
        [[each.what, f"{each.median:.1f}", f"{each.p95:.1f}"] for each in latencies],
    ))  # fmt: skip
    say("")
    say(table(
        ["a set grows", f"s, {small:,} questions", f"{large:,}", "ratio", "ms / further question", "MB"],
        [_slope_row(each) for each in find_slopes(growth, small, large)],
    ))  # fmt: skip
    for extension in extensions:
        say("")
        say(table(
            [extension.title, "here", "required on two idle cores", ""],
            [[each.what, each.measured, each.required, "" if each.holds else "missed"]
             for each in extension.requirements],
        ))  # fmt: skip
        say(f"\n{extension.remark}")
    if memory is not None:
        say(f"\n{memory:,.0f} MB peak memory, without the window's process")


def _measure_growth(kinds: Sequence[str], sizes: Sequence[int]) -> list[Cost]:
    costs: list[Cost] = []
    for kind in kinds:
        for questions in sizes:
            note(f"{questions:,} questions about {KINDS[kind].title} …")
            try:
                costs += measure_separately(kind, questions)
            except InputError as error:  # the other measurements took an hour
                note(str(error))
    return costs


def _slope_row(slope: Slope) -> list[str]:
    small, large = slope.small, slope.large
    return [f"{small.kind}, {STEPS[small.step]}", f"{small.seconds:.1f}", f"{large.seconds:.1f}",
            f"{slope.ratio:.1f} ×", f"{slope.question_ms:.1f}", f"{large.memory:,.0f}"]  # fmt: skip


def _bound_row(bound: Bound) -> list[str]:
    operators = ", ".join(f"{name} {100 * share:.0f} %" for name, share in bound.operators.items())
    return [bound.model, f"{bound.operations:,.0f} M", f"{bound.rate:,.0f} G",
            f"{100 * bound.share:.0f} % of {bound.peak:,.0f} G", operators]  # fmt: skip
