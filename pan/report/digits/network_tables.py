"""What the paper has no tables of: the single layers, and how each network was trained."""

from __future__ import annotations

from pan.evaluation.results import Distractors, OpenShares
from pan.figures.palette import model_title
from pan.report.digits.results import Results
from pan.report.table import DASH, Cell, Table, percent


def layer_table(results: Results) -> Table:
    """Layer by layer: what is accumulated up to it and where, whether it answers rightly, how far it is open."""
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for each in results.all:
        measured = each.evaluation
        opened = measured.open_by_layer or []
        closing = [measured.tpr_by_layer or [], measured.pxap_by_layer or [], measured.coverage_by_layer or []]
        accuracy, others = measured.accuracy_by_layer or [], measured.distractors_by_layer or []
        for number, pool in enumerate(each.pools):
            last = number == len(each.pools) - 1
            shares = OpenShares(None, None, None) if last else opened[number]  # a softmax sums to one: never open
            beside = others[number] if others else Distractors(None, None)
            numbers = (*(by_layer[number] for by_layer in closing), accuracy[number], *shares, *beside)
            readable = [percent(share, 1) for share in numbers]
            rows.append([each.kind.upper(), model_title(each.model), str(pool), *readable])
            records.append([each.kind, each.model, pool, *numbers])
    return Table(
        "layers", "Layer by layer, %",
        ["data", "network", "attention", "accumulated TPR", "PxAP", "coverage", "right", "open on the digit",
         "on others", "elsewhere", "accumulated on a smaller digit", "on a larger one"], rows,
        ["data", "model", "layer", "tpr_accumulated", "pxap", "coverage", "accuracy", "open_target", "open_others",
         "open_elsewhere", "smaller_other", "larger_other"],
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
