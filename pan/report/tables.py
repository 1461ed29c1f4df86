"""Table 1a and 1b with the paper's numbers beside ours, and what the paper has no table of: the single layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pan.data.sources import KINDS
from pan.evaluation.intervals import Interval
from pan.evaluation.results import OpenShares
from pan.palette import model_title
from pan.recipes import PAPER_ACCURACY, PAPER_TPR
from pan.report.results import PAPER_ORDER, Result, Results, place
from pan.report.table import DASH, Cell, Table, percent, with_interval

Measure = tuple[float | None, Interval | None]

TPR_READINGS: dict[str, tuple[str, Callable[[Result], Measure]]] = {
    "tpr": ("last map", lambda each: (each.evaluation.tpr, each.evaluation.tpr_interval)),
    "tpr_nearest": (
        "last map, nearest", lambda each: (each.evaluation.tpr_nearest, each.evaluation.tpr_nearest_interval)
    ),
    "tpr_accumulated": (
        "all maps", lambda each: (each.evaluation.tpr_accumulated, each.evaluation.tpr_accumulated_interval)
    ),
}  # fmt: skip
"""How attention may be held against the digit: what the report calls it, and where it is measured."""


class Line(NamedTuple):
    """One row of Table 1.

    Attributes:
        titles: Its first cells.
        names: The same in the CSV, where the network comes first.
        measure: Its number and interval on a kind.
        paper: The paper's numbers, by `KIND/MODEL`, in percent.
    """

    titles: tuple[str, ...]
    names: tuple[str, ...]
    measure: Callable[[str], Measure]
    paper: dict[str, float]


def accuracy_table(results: Results) -> Table:
    """Table 1a."""
    lines = [
        Line((model_title(model),), (model,), _measured(results, model, _accuracy), PAPER_ACCURACY)
        for model in _models(results)
    ]
    return _table_1("table-1a", "Table 1a: right answers, %", ("network",), ("model", "data", "accuracy"), lines)


def tpr_table(results: Results) -> Table:
    """Table 1b, with the other two ways to read it; the paper does not say which map its numbers are of."""
    lines = [Line(("even attention", DASH), ("uniform", ""), lambda kind: (_ink(results, kind), None), PAPER_TPR)]
    for model in filter(lambda model: not model.startswith("stn"), _models(results)):  # they have no map
        readings = list(TPR_READINGS.items())
        for reading, (title, measure) in readings if model in results.models else readings[:1]:
            measured = _measured(results, model, measure)
            paper = PAPER_TPR if reading == "tpr" else {}
            lines.append(Line((model_title(model), title), (model, reading), measured, paper))
    title = "Table 1b: attention on the queried digit (TPR), %"
    return _table_1("table-1b", title, ("network", "attention"), ("model", "reading", "data", "tpr"), lines)


def layer_table(results: Results) -> Table:
    """Layer by layer: what is accumulated up to it, whether it answers rightly, and how far it is open."""
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for each in results.all:
        measured = each.evaluation
        opened = measured.open_by_layer or []
        accuracy, tpr = measured.accuracy_by_layer or [], measured.tpr_by_layer or []
        for number, pool in enumerate(each.pools):
            last = number == len(each.pools) - 1
            shares = OpenShares(None, None, None) if last else opened[number]  # a softmax sums to one: never open
            numbers = (tpr[number], accuracy[number], *shares)
            readable = [percent(share, 1) for share in numbers]
            rows.append([each.kind.upper(), model_title(each.model), str(pool), *readable])
            records.append([each.kind, each.model, pool, *numbers])
    return Table(
        "layers", "Layer by layer, %",
        ["data", "network", "attention", "accumulated TPR", "right", "open on the digit", "on others", "elsewhere"],
        rows, ["data", "model", "layer", "tpr_accumulated", "accuracy", "open_target", "open_others", "open_elsewhere"],
        records,
    )  # fmt: skip


def network_table(results: Results) -> Table:
    """How each network was trained; whoever compares them must know."""
    fields = ("preset", "seed", "questions", "gates", "start")
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for each in results.all:
        recipe = each.checkpoint.recipe
        gates = " ".join(map(str, recipe.gates))
        seconds = each.evaluation.seconds
        start = recipe.start or "nothing"
        rows.append([
            model_title(each.model), each.kind.upper(), recipe.preset, str(recipe.seed), f"{recipe.questions:,}",
            gates or DASH, start, f"{each.evaluation.examples:,}", f"{seconds:.0f}",
        ])  # fmt: skip
        records.append([
            each.model, each.kind, recipe.preset, recipe.seed, recipe.questions, gates, start,
            each.evaluation.examples, seconds,
        ])  # fmt: skip
    header = ["network", "data", "preset", "seed", "trained on questions", "gates at pools", "started from",
              "tested on questions", "s"]  # fmt: skip
    return Table("networks", "The networks", header, rows, ["model", "data", *fields, "tested", "seconds"], records)


def _table_1(
    name: str, title: str, heads: tuple[str, ...], columns: tuple[str, ...], lines: list[Line]
) -> Table:
    header = [*heads, *(head for kind in KINDS for head in (kind.upper(), "paper"))]
    rows, records = [], []
    for line in lines:
        row = [*line.titles]
        for kind in KINDS:
            share, interval = line.measure(kind)
            paper = line.paper.get(f"{kind}/{line.names[0]}")
            row += [with_interval(share, interval), DASH if paper is None else f"{paper:.2f}"]
            low, high = interval or (None, None)
            printed = None if paper is None else paper / 100
            records.append([*line.names, kind, share, low, high, printed])
        rows.append(row)
    return Table(name, title, header, rows, [*columns, "low", "high", "paper"], records)


def _models(results: Results) -> list[str]:
    """The paper's networks, measured or not, and those that it does not have."""
    return sorted({*PAPER_ORDER, *results.models}, key=place)


def _measured(results: Results, model: str, measure: Callable[[Result], Measure]) -> Callable[[str], Measure]:
    def on(kind: str) -> Measure:
        result = results.get(kind, model)
        return (None, None) if result is None else measure(result)
    return on


def _accuracy(result: Result) -> Measure:
    return result.evaluation.accuracy, result.evaluation.accuracy_interval


def _ink(results: Results, kind: str) -> float | None:
    """Mean share of an image that the queried digit covers: the TPR of attention that is the same everywhere."""
    of_kind = results.of_kind(kind)
    if not of_kind:
        return None
    questions = of_kind[0].questions
    pixels = questions.images.shape[1] ** 2
    ink = np.bitwise_count(questions.packed_masks).sum(1, dtype=np.int64)
    share: float = ink.mean().item() / pixels
    return share
