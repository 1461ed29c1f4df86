"""Tables that the paper does not have: covering, layers, oracle maps, and the networks' training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pan.evaluation.accuracy import SCALE_EDGES
from pan.evaluation.oracle import Oracle
from pan.evaluation.results import Distractors, OpenShares
from pan.figures.palette import model_title
from pan.report.digits.numbers import Numbers, Regimes, Share
from pan.report.digits.results import Results
from pan.report.table import DASH, Cell, Table, percent, with_interval

MEASURES = {"tpr": "TPR, last map", "tpr_accumulated": "TPR, all maps", "pxap": "PxAP", "coverage": "coverage"}
SCALED = {"accuracy": "right", "pxap": "PxAP", "coverage": "coverage"}
"""The measures of the table over scale."""


def covering_table(results: Results) -> Table:
    """TPR, PxAP, coverage and IoU of each network's accumulated attention."""
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for each in results.all:
        if not each.pools:
            continue
        numbers = Numbers(each.checkpoint.recipe, each.evaluation.to_json())
        shares = [numbers.share(key) for key in MEASURES]
        iou, threshold = each.evaluation.iou, each.evaluation.iou_threshold
        rows.append([each.kind.upper(), model_title(each.model), *(with_interval(*share) for share in shares),
                     percent(iou), percent(threshold, 0)])  # fmt: skip
        bounds: list[Cell] = [cell for share, interval in shares for cell in (share, *(interval or (None, None)))]
        records.append([each.kind, each.model, *bounds, iou, threshold])
    return Table(
        "covering", "Covering of the digit by attention, %",
        ["data", "network", *MEASURES.values(), "IoU", "threshold"], rows,
        ["data", "model", *(f"{key}{end}" for key in MEASURES for end in ("", "_low", "_high")), "iou",
         "iou_threshold"], records,
    )  # fmt: skip


def scale_table(results: Results, trained: Regimes) -> Table:
    """Accuracy, PxAP and coverage of all digits over the scale of the queried digit."""
    measured = [Numbers(each.checkpoint.recipe, each.evaluation.to_json()) for each in results.all]
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for way, numbers in trained._replace(here=measured)._asdict().items():
        for each in numbers:
            for measure, bins in _scaled(each.values):
                names = (each.kind, each.model, way, measure)
                rows.append([each.kind.upper(), model_title(each.model), way, SCALED[measure],
                             *(percent(share, 1) for share, _ in bins)])  # fmt: skip
                records += [[*names, low, share, *(interval or (None, None))]
                            for low, (share, interval) in zip(SCALE_EDGES, bins, strict=False)]  # fmt: skip
    return Table(
        "scales", "Over the scale of the queried digit, all digits, %",
        ["data", "network", "trained", "measure", *(f"{low}–{high}" for low, high in pairwise(SCALE_EDGES))], rows,
        ["data", "model", "trained", "measure", "scale_above", "share", "low", "high"], records,
    )  # fmt: skip


def oracle_table(oracles: Sequence[Oracle], questions: int) -> Table:
    """The scores of oracle maps, which are open exactly at the cells whose centres lie on the digit."""
    rows = [
        [str(each.padding), str(each.pool), f"{each.cells} × {each.cells}", percent(each.open, 1),
         *(percent(share, 1) for share in _oracle_scores(each))]
        for each in oracles
    ]  # fmt: skip
    records: list[list[Cell]] = [
        [each.padding, each.pool, each.cells, each.open, *_oracle_scores(each)] for each in oracles
    ]
    return Table(
        "oracle", f"Oracle maps, open exactly at the cells whose centres lie on the digit, {questions:,} questions, %",
        ["padding", "pool", "cells", "has an open cell", "TPR", "TPR of tiles", "PxAP", "PxAP of tiles"], rows,
        ["padding", "pool", "cells", "open", "tpr", "tpr_tiled", "pxap", "pxap_tiled"], records,
    )  # fmt: skip


def _scaled(values: Mapping[str, Any]) -> Iterator[tuple[str, list[Share]]]:
    """The available measures over scale, with a share for each bin of Figure 6a."""
    for measure in SCALED:
        bins = {each["low"]: each for each in values.get(f"{measure}_by_scale") or ()}
        shares = [_share(bins.get(low)) for low in SCALE_EDGES[:-1]]
        if bins:
            yield measure, shares


def _share(scale_bin: Mapping[str, Any] | None) -> Share:
    if scale_bin is None:
        return None, None
    interval = scale_bin["interval"]
    return scale_bin.get("accuracy", scale_bin.get("mean")), interval and (interval[0], interval[1])


def _oracle_scores(oracle: Oracle) -> tuple[float | None, ...]:
    """TPR with cells at their centres, TPR with cells as tiles, then PxAP likewise."""
    return oracle.registered.tpr, oracle.tiled.tpr, oracle.registered.pxap, oracle.tiled.pxap


def layer_table(results: Results) -> Table:
    """The measures of each layer: accumulated attention, accuracy, and means of its own map by region."""
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for each in results.all:
        measured = each.evaluation
        opened = measured.open_by_layer or []
        closing = [measured.tpr_by_layer or [], measured.pxap_by_layer or [], measured.coverage_by_layer or []]
        accuracy, others = measured.accuracy_by_layer or [], measured.distractors_by_layer or []
        for number, pool in enumerate(each.pools):
            last = number == len(each.pools) - 1
            shares = OpenShares(None, None, None) if last else opened[number]  # a softmax has no open cells
            beside = others[number] if others else Distractors(None, None)
            numbers = (*(by_layer[number] for by_layer in closing), accuracy[number], *shares, *beside)
            readable = [percent(share, 1) for share in numbers]
            rows.append([each.kind.upper(), model_title(each.model), str(pool), *readable])
            records.append([each.kind, each.model, pool, *numbers])
    return Table(
        "layers", "Measures by layer, %",
        ["data", "network", "attention", "accumulated TPR", "PxAP", "coverage", "right", "open on the digit",
         "on others", "elsewhere", "accumulated on a smaller digit", "on a larger one"], rows,
        ["data", "model", "layer", "tpr_accumulated", "pxap", "coverage", "accuracy", "open_target", "open_others",
         "open_elsewhere", "smaller_other", "larger_other"],
        records,
    )  # fmt: skip


def network_table(results: Results) -> Table:
    """The training of each network."""
    fields = ("preset", "seed", "questions", "gates", "start")
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for each in results.all:
        recipe = each.checkpoint.recipe
        gates = " ".join(map(str, recipe.network.gates))
        seconds = each.evaluation.seconds
        start = recipe.start or "nothing"
        rows.append([
            model_title(each.model), each.kind.upper(), recipe.preset, str(recipe.seed),
            f"{recipe.optimization.questions:,}", gates or DASH, start, f"{each.evaluation.examples:,}",
            f"{seconds:.0f}",
        ])  # fmt: skip
        records.append([
            each.model, each.kind, recipe.preset, recipe.seed, recipe.optimization.questions, gates, start,
            each.evaluation.examples, seconds,
        ])  # fmt: skip
    header = ["network", "data", "preset", "seed", "trained on questions", "gates at pools", "started from",
              "tested on questions", "s"]  # fmt: skip
    return Table("networks", "The networks", header, rows, ["model", "data", *fields, "tested", "seconds"], records)
