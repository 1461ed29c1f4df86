"""Table 2 with the paper's numbers and ours, as a table and as a picture, and further tables."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pan.figures.palette import PRIOR, model_colour, model_title
from pan.recipes.paper_numbers import PAPER_VISUAL_GENOME
from pan.report.objects.results import ORDER, LabelResults
from pan.report.style import drawing
from pan.report.table import DASH, Cell, Table, percent

MOST_LISTED = 20  # attributes; the CSV has all
LINE, EDGE = 0.24, 0.1  # inches
FIRST, WIDTH = 0.95, 0.66  # inches of the columns
GROUPS = ("attention only", "with prior")
HEADS = ("mAP", "paper", "TPR", "paper")
TYPE = 8  # points
BLACK, GREY = "black", "#777777"


def table_2(results: LabelResults) -> Table:
    """Weighted mAP and TPR, attention only and with the object-class prior."""
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for network in networks(results):
        row = [model_title(network)]
        for prior in (False, True):
            result = results.get(network, prior=prior)
            paper = PAPER_VISUAL_GENOME.get(network + PRIOR if prior else network)
            measured = result.evaluation if result else None
            ranked, attended = (measured.mean_average_precision, measured.tpr) if measured else (None, None)
            printed = (f"{number:.2f}" for number in paper) if paper else (DASH, DASH)
            row += [cell for pair in zip((percent(ranked), percent(attended)), printed, strict=True) for cell in pair]
            low, high = (measured.tpr_interval if measured else None) or (None, None)
            eleven = measured.mean_average_precision_11 if measured else None
            records.append([
                network, "yes" if prior else "no", ranked, eleven, attended,
                low, high, *(number / 100 for number in paper or ()), *([None] * (0 if paper else 2)),
            ])  # fmt: skip
        rows.append(row)
    return Table(
        "table-2", "Table 2: weighted mAP of attributes and attention inside the boxes (TPR), %",
        ["network", "mAP", "paper", "TPR", "paper", "mAP with prior", "paper", "TPR with prior", "paper"], rows,
        ["model", "prior", "mean_average_precision", "mean_average_precision_11", "tpr", "tpr_low", "tpr_high",
         "paper_mean_average_precision", "paper_tpr"],
        records,
    )  # fmt: skip


def table_figure(results: LabelResults, table: Table) -> Figure:
    """Table 2 with our numbers in black, the best bold, and the paper's in grey."""
    heads = HEADS * len(GROUPS)
    end = FIRST + WIDTH * len(heads)
    with drawing(end + 2 * EDGE, LINE * (len(table.rows) + 2) + 2 * EDGE) as figure:
        for number, group in enumerate(GROUPS):
            left, right = (FIRST + WIDTH * len(HEADS) * place for place in (number, number + 1))
            _write(figure, 0, (left + right) / 2, group, ha="center")
            _rule(figure, 1, left + 0.15, right, 0.4)
        for column, head in enumerate(heads):
            _write(figure, 1, _end(column), head, ha="right", color=GREY if head == "paper" else BLACK)
        for line, weight in ((0, 0.9), (2, 0.5), (2 + len(table.rows), 0.9)):
            _rule(figure, line, 0.0, end, weight)
        for line, (network, row) in enumerate(zip(networks(results), table.rows, strict=True), start=2):
            _write(figure, line, 0.0, row[0], weight="bold", color=model_colour(network))
            for column, (head, cell) in enumerate(zip(heads, row[1:], strict=True)):
                best = head != "paper" and cell == _best([each[column + 1] for each in table.rows])
                _write(figure, line, _end(column), cell, ha="right", weight="bold" if best else "normal",
                       color=GREY if head == "paper" else BLACK)  # fmt: skip
    return figure


def networks(results: LabelResults) -> list[str]:
    """The paper's networks, even if not evaluated, followed by others."""
    return list(dict.fromkeys([*ORDER, *(each.network for each in results.all)]))


def _end(column: int) -> float:
    return FIRST + WIDTH * (column + 1) - 0.04


def _best(cells: Sequence[str]) -> str | None:
    return max((cell for cell in cells if cell != DASH), key=float, default=None)


def _write(
    figure: Figure, line: int, x: float, text: str, *, ha: str = "left", weight: str = "normal", color: str = BLACK
) -> None:
    width, height = figure.get_size_inches().tolist()
    figure.text((EDGE + x) / width, 1 - (EDGE + LINE * (line + 0.5)) / height, text, ha=ha, va="center", weight=weight,
                color=color, fontsize=TYPE)  # fmt: skip


def _rule(figure: Figure, line: int, first: float, last: float, weight: float) -> None:
    width, height = figure.get_size_inches().tolist()
    y = 1 - (EDGE + LINE * line) / height
    figure.add_artist(Line2D([(EDGE + first) / width, (EDGE + last) / width], [y, y], color=BLACK, linewidth=weight))


def readings_table(results: LabelResults) -> Table:
    """Further measures of the networks of Table 2."""
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
        "table-2-readings", "Further measures of the same networks, %",
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
    """The training of each network."""
    rows, records = [], []
    for each in results.all:
        recipe = each.checkpoint.recipe
        trunk, questions = recipe.network.trunk, recipe.optimization.questions
        gates, start = " ".join(map(str, recipe.network.gates)), recipe.start or recipe.network.weights
        rows.append([each.title, trunk, recipe.preset, str(recipe.seed), f"{questions:,}", gates or DASH,
                     start or "nothing", f"{each.evaluation.seconds:.0f}"])  # fmt: skip
        records.append([
            each.network, "yes" if each.prior else "no", trunk, recipe.preset, recipe.seed, questions, gates, start,
            each.evaluation.seconds,
        ])  # fmt: skip
    return Table(
        "networks", "The networks",
        ["network", "CNN", "preset", "seed", "trained on questions", "gates at", "started from", "tested in s"], rows,
        ["model", "prior", "trunk", "preset", "seed", "questions", "gates", "start", "seconds"], records,
    )  # fmt: skip
