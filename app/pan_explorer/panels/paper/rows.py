"""The rows of the paper's tables: its numbers, and the measures of the available networks."""

from __future__ import annotations

from pan.figures.palette import MODEL_COLOURS, model_title
from pan.recipes.paper_numbers import PAPER_ACCURACY, PAPER_ORDER, PAPER_TPR, PAPER_VISUAL_GENOME
from pan_explorer.panels.paper.table import Cell, TableRow
from pan_explorer.state.paper import KIND_TITLES, Network, PaperState

KINDS = tuple(KIND_TITLES)
EXAMPLES = "Click to see examples of its errors"


def models(state: PaperState) -> list[str]:
    """The paper's networks, then the other available ones."""
    others = sorted({each.model for each in state.networks if each.kind in KINDS} - set(PAPER_ORDER))
    return [*PAPER_ORDER, *others]


def accuracy_rows(state: PaperState) -> list[TableRow]:
    """Table 1a."""
    return [
        TableRow(MODEL_COLOURS.get(model, ""), model_title(model), tuple(
            _cell(state, kind, model, "accuracy", PAPER_ACCURACY.get(f"{kind}/{model}")) for kind in KINDS))
        for model in models(state)
    ]  # fmt: skip


def tpr_rows(state: PaperState) -> list[TableRow]:
    """Table 1b for the last map, as in the paper, and for the product of all maps if there are several."""
    even = tuple(Cell(f"{PAPER_TPR[f'{kind}/uniform']:.2f}", hint="Even attention needs no network") for kind in KINDS)
    rows = [TableRow("", "even attention", even)]
    for model in (model for model in models(state) if not model.startswith("stn")):
        colour, title = MODEL_COLOURS.get(model, ""), model_title(model)
        last = tuple(_cell(state, kind, model, "tpr", PAPER_TPR.get(f"{kind}/{model}")) for kind in KINDS)
        rows.append(TableRow(colour, title, last))
        if model.startswith("pan") and any(cell.known for cell in last):
            product = tuple(_cell(state, kind, model, "tpr_accumulated", None) for kind in KINDS)
            rows.append(TableRow("", "  all its maps", product))
    return rows


def genome_title(state: PaperState) -> str:
    """The data of our numbers in Table 2, if it is not Visual Genome."""
    shown = [_genome_network(state, model) for model in PAPER_VISUAL_GENOME]
    composed = any(network is not None and network.kind != "vg" for network in shown)
    return "Table 2: Visual Genome, %" + ("; ours of composed photographs" if composed else "")


def genome_rows(state: PaperState) -> list[TableRow]:
    """Table 2: weighted mAP and TPR on Visual Genome."""
    rows = []
    for model, printed in PAPER_VISUAL_GENOME.items():
        network = _genome_network(state, model)
        plain = model.removesuffix("-prior")
        title = model_title(plain) + (" + prior" if plain != model else "")
        cells = tuple(
            _genome_cell(network, key, paper)
            for key, paper in zip(("mean_average_precision", "tpr"), printed, strict=True)
        )
        rows.append(TableRow(MODEL_COLOURS.get(plain, ""), title, cells))
    return rows


def _genome_network(state: PaperState, model: str) -> Network | None:
    return state.network("vg", model) or state.network("vg-tiny", model)


def _genome_cell(network: Network | None, key: str, paper: float) -> Cell:
    if network is None:
        return Cell(f"{paper:.2f}", hint="There is no such network; train one on Visual Genome")
    share = network.test.get(key)
    if share is None:
        return Cell(f"{paper:.2f}", hint=f"{network.name} has no measure; run pan evaluate")
    data = "" if network.kind == "vg" else ", on data made small: not the paper's"
    return Cell(f"{paper:.2f}", f"{100 * share:.2f}", f"{network.name}, from its file{data}; click to compare it",
                network.kind, network.model, known=True)  # fmt: skip


def _cell(state: PaperState, kind: str, model: str, key: str, paper: float | None) -> Cell:
    printed = "" if paper is None else f"{paper:.2f}"
    number = state.number(kind, model, key)
    if number is not None:
        return Cell(printed, f"{100 * number.share:.2f}", f"{number.source}.\n{EXAMPLES}", kind, model, known=True)
    network = state.network(kind, model)
    if network is None:
        missing = f"There is no {model_title(model)} trained on {KIND_TITLES[kind]}"
        return Cell(printed, hint=f"{missing}; train one, or add a checkpoint")
    if network.name in state.measured:
        return Cell(printed, hint="It has none")
    return Cell(printed, "evaluate", f"Ask {network.name} about test scenes", kind, model)
