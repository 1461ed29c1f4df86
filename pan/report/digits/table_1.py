"""Tables 1a and 1b: the paper's numbers and ours, by three ways of training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pan.figures.palette import model_title
from pan.recipes.digits import KINDS
from pan.recipes.paper_numbers import PAPER_ACCURACY, PAPER_ORDER, PAPER_TPR
from pan.report.digits.numbers import Numbers, Regimes, Share, find
from pan.report.digits.results import Results
from pan.report.table import DASH, Cell, Table, with_interval

COLUMNS = (*Regimes._fields, "paper")
READINGS = {"tpr": "last map", "tpr_nearest": "last map, nearest", "tpr_accumulated": "all maps"}
"""Ways to measure TPR; the paper does not say which of the first two it uses."""


class Line(NamedTuple):
    """One row of Table 1.

    Attributes:
        titles: The first cells.
        names: The first cells in the CSV; the network comes first.
        shares: The share for each way of training and each kind.
        paper: The paper's numbers, by `KIND/MODEL`, in percent.
    """

    titles: tuple[str, ...]
    names: tuple[str, ...]
    shares: Sequence[Sequence[Share]]
    paper: dict[str, float]


def accuracy_table(trained: Regimes) -> Table:
    """Table 1a."""
    lines = [
        Line((model_title(model),), (model,), _shares(trained, model, "accuracy"), PAPER_ACCURACY)
        for model in PAPER_ORDER
    ]
    return _table_1("table-1a", "Table 1a: right answers, %", ("network",), ("model", "data", "accuracy"), lines)


def tpr_table(results: Results, trained: Regimes) -> Table:
    """Table 1b, with two further ways to measure TPR."""
    ink: list[Share] = [(_ink(results, kind), None) for kind in KINDS]
    nowhere: list[Share] = [(None, None)] * len(KINDS)
    lines = [Line(("even attention", DASH), ("uniform", ""), (ink, nowhere, nowhere), PAPER_TPR)]
    for model in PAPER_ORDER:
        if model.startswith("stn"):  # they have no map
            continue
        known = any(each.model == model for numbers in trained for each in numbers)
        lines += [
            Line((model_title(model), title), (model, key), _shares(trained, model, key),
                 PAPER_TPR if key == "tpr" else {})
            for key, title in READINGS.items() if known or key == "tpr"
        ]  # fmt: skip
    title = "Table 1b: attention on the queried digit (TPR), %"
    return _table_1("table-1b", title, ("network", "attention"), ("model", "reading", "data", "tpr"), lines)


def own_table(here: Sequence[Numbers]) -> Table | None:
    """The networks that the paper does not have, beside PAN-CTX, SAN and HAN; None if there are none."""
    own = sorted({each.model for each in here} - set(PAPER_ORDER))
    if not own:
        return None
    measures = {"accuracy": "right", "tpr": "last map", "tpr_accumulated": "all maps"}
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for model in ("san", "han", "pan-ctx", *own):
        row = [model_title(model)]
        for kind in KINDS:
            numbers = find(here, kind, model)
            for key in measures:
                share, interval = (None, None) if numbers is None else numbers.share(key)
                row.append(with_interval(share, interval))
                records.append([model, kind, key, share, *(interval or (None, None))])
        rows.append(row)
    return Table(
        "table-own", "Networks that the paper does not have: right answers and TPR, %",
        ["network", *[title for _ in KINDS for title in measures.values()]], rows,
        ["model", "data", "measure", "share", "low", "high"], records,
        groups=[("", 1), *((kind.upper(), len(measures)) for kind in KINDS)], apart=[3],
    )  # fmt: skip


def _table_1(
    name: str, title: str, heads: tuple[str, ...], columns: tuple[str, ...], lines: list[Line]
) -> Table:
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for line in lines:
        row = [*line.titles]
        for kind, here, *studies in zip(KINDS, *line.shares, strict=True):
            paper = line.paper.get(f"{kind}/{line.names[0]}")
            measured = (with_interval(*share) for share in (here, *studies))
            row += [*measured, DASH if paper is None else f"{paper:.2f}"]
            printed = None if paper is None else paper / 100
            beside = [cell for each in studies for cell in _flat(each)]
            records.append([*line.names, kind, *_flat(here), printed, *beside])
        rows.append(row)
    return Table(
        name, title, [*heads, *COLUMNS * len(KINDS)], rows,
        [*columns, "low", "high", "paper",
         *(f"{way}{end}" for way in Regimes._fields[1:] for end in ("", "_low", "_high"))], records,
        groups=[("", len(heads)), *((kind.upper(), len(COLUMNS)) for kind in KINDS)],
    )  # fmt: skip


def _flat(share: Share) -> list[Cell]:
    value, interval = share
    return [value, *(interval or (None, None))]


def _shares(trained: Regimes, model: str, key: str) -> list[list[Share]]:
    found = [[find(numbers, kind, model) for kind in KINDS] for numbers in trained]
    return [[(None, None) if each is None else each.share(key) for each in kinds] for kinds in found]


def _ink(results: Results, kind: str) -> float | None:
    """Mean share of an image that the queried digit covers: the TPR of uniform attention."""
    of_kind = results.of_kind(kind)
    if not of_kind:
        return None
    questions = of_kind[0].questions
    pixels = questions.images.shape[1] ** 2
    ink = np.bitwise_count(questions.packed_masks).sum(1, dtype=np.int64)
    share: float = ink.mean().item() / pixels
    return share
