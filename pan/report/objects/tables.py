"""What stands beside Table 2: other readings of the same answers, the single attributes, the networks."""

from __future__ import annotations

from pan.report.objects.results import LabelResults
from pan.report.table import DASH, Cell, Table, percent

MOST_LISTED = 20  # attributes; the CSV has all


def readings_table(results: LabelResults) -> Table:
    """What else may be read from the same answers."""
    rows = [["even attention", *[DASH] * 3, percent(results.covered()), *[DASH] * 3]]
    records: list[list[Cell]] = [["uniform", "", None, None, None, results.covered(), None, None, None]]
    for each in results.all:
        measured = each.evaluation
        by_layer = measured.tpr_by_layer or []
        rows.append([
            each.title, percent(measured.mean_average_precision), percent(measured.mean_average_precision_11),
            percent(measured.accuracy), percent(measured.tpr), percent(measured.tpr_nearest),
            percent(measured.tpr_accumulated), " > ".join(percent(share, 1) for share in by_layer) or DASH,
        ])  # fmt: skip
        records.append([
            each.network, "yes" if each.prior else "no", measured.mean_average_precision,
            measured.mean_average_precision_11, measured.accuracy, measured.tpr, measured.tpr_nearest,
            measured.tpr_accumulated, " ".join(f"{share or 0.0:.6g}" for share in by_layer),
        ])  # fmt: skip
    return Table(
        "table-2-readings", "The same networks, read in other ways, %",
        ["network", "mAP", "mAP, 11 points", "best answer right", "TPR", "TPR, nearest", "TPR, all maps",
         "all maps, layer by layer"], rows,
        ["model", "prior", "mean_average_precision", "mean_average_precision_11", "accuracy", "tpr", "tpr_nearest",
         "tpr_accumulated", "tpr_by_layer"],
        records,
    )  # fmt: skip


def attribute_table(results: LabelResults) -> Table:
    """Average precision of each attribute, the most frequent first."""
    columns = [each.evaluation.average_precision_by_answer or [] for each in results.all]
    answers = sorted(zip(*columns, strict=True), key=lambda same: (-same[0].examples, same[0].answer))
    known = [same for same in answers if same[0].examples]
    rows = [
        [same[0].answer, f"{same[0].examples:,}", *(percent(each.average_precision, 1) for each in same)]
        for same in known[:MOST_LISTED]
    ]
    records: list[list[Cell]] = [
        [each.answer, each.examples, result.network, "yes" if result.prior else "no", each.average_precision,
         each.average_precision_11]
        for same in known for each, result in zip(same, results.all, strict=True)
    ]  # fmt: skip
    title = f"Average precision of the {len(rows)} most frequent of {len(known)} attributes, %"
    return Table(
        "attributes", title, ["attribute", "questions", *(each.title for each in results.all)], rows,
        ["attribute", "questions", "model", "prior", "average_precision", "average_precision_11"], records,
    )  # fmt: skip


def network_table(results: LabelResults) -> Table:
    """How each network was trained; whoever compares them must know."""
    rows, records = [], []
    for each in results.all:
        recipe = each.checkpoint.recipe
        cells = [recipe.trunk, recipe.preset, str(recipe.seed), f"{recipe.questions:,}",
                 " ".join(map(str, recipe.gates)) or DASH, recipe.start or recipe.weights or "nothing"]  # fmt: skip
        rows.append([each.title, *cells, f"{each.evaluation.seconds:.0f}"])
        records.append([
            each.network, "yes" if each.prior else "no", recipe.trunk, recipe.preset, recipe.seed, recipe.questions,
            " ".join(map(str, recipe.gates)), recipe.start or recipe.weights, each.evaluation.seconds,
        ])  # fmt: skip
    return Table(
        "networks", "The networks",
        ["network", "CNN", "preset", "seed", "trained on questions", "gates at", "started from", "tested in s"], rows,
        ["model", "prior", "trunk", "preset", "seed", "questions", "gates", "start", "seconds"], records,
    )  # fmt: skip
