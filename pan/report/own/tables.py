"""Accuracy and attention of networks: over all, by query, by scale, and as a confusion matrix."""

from __future__ import annotations

from collections.abc import Iterator

from pan.report.own.results import OwnResults
from pan.report.table import DASH, Cell, Table, percent

MOST_CONFUSED = 20
"""Pairs of answers that are listed; `pan evaluate --json` has all."""


def own_tables(results: OwnResults) -> Iterator[Table]:
    """The tables in their order; none about scale where no scale is known."""
    yield _networks(results)
    yield _by_query(results)
    if any(result.evaluation.accuracy_by_scale for result in results.all):
        yield _by_scale(results)
    yield _confused(results)


def _networks(results: OwnResults) -> Table:
    rows, records = [], []
    for result in results.all:
        told = result.evaluation
        low, high = told.accuracy_interval
        attended: tuple[float | None, ...] = (told.tpr_accumulated, told.pxap, told.coverage)
        by_layer = " > ".join(percent(share, 0) for share in told.tpr_by_layer or ()) or DASH
        rows.append([result.title, percent(told.accuracy, 1), f"{percent(low, 1)} to {percent(high, 1)}", by_layer,
                     *(percent(share, 1) for share in attended)])  # fmt: skip
        records.append([result.checkpoint.name, told.accuracy, low, high, *attended])
    return Table(
        "networks", "Right answers, and attention on the queried objects, %",
        ["network", "right", "95 % interval", "TPR by layer", "TPR", "PxAP", "coverage"], rows,
        ["network", "accuracy", "low", "high", "tpr", "pxap", "coverage"], records,
    )  # fmt: skip


def _by_query(results: OwnResults) -> Table:
    shares = [result.by_query() for result in results.all]
    words = sorted({word for own in shares for word in own})
    counts = {word: max(len(own[word]) for own in shares if word in own) for word in words}
    means = {word: [float(own[word].mean()) if word in own else None for own in shares] for word in words}
    records: list[list[Cell]] = [[word, counts[word], *means[word]] for word in words]
    titles = [result.title for result in results.all]
    return Table(
        "by-query", "Right answers by query, %", ["query", "questions", *titles],
        [[word, f"{counts[word]:,}", *(percent(mean, 1) for mean in means[word])] for word in words],
        ["query", "questions", *titles], records,
    )  # fmt: skip


def _by_scale(results: OwnResults) -> Table:
    binned = [result.evaluation.accuracy_by_scale or [] for result in results.all]
    bins = max(binned, key=len)
    titles = [result.title for result in results.all]
    rows: list[list[str]] = []
    records: list[list[Cell]] = []
    for place, each in enumerate(bins):
        shares = [own[place].accuracy if place < len(own) else None for own in binned]
        rows.append([f"{each.low:.3g} to {each.high:.3g}", f"{each.examples:,}", *(percent(s, 1) for s in shares)])
        records.append([each.low, each.high, each.examples, *shares])
    return Table("by-scale", "Right answers by scale, %", ["scale", "questions", *titles], rows,
                 ["low", "high", "questions", *titles], records)  # fmt: skip


def _confused(results: OwnResults) -> Table:
    found = []
    for result in results.all:
        confusion = result.evaluation.confusion
        if confusion is not None:
            found += [(int(count), result.title, confusion.words[right], confusion.words[given])
                      for right, row in enumerate(confusion.counts) for given, count in enumerate(row)
                      if right != given and count]  # fmt: skip
    found.sort(key=lambda each: -each[0])
    return Table(
        "confusions", "What is taken for what, the most frequent first", ["network", "right", "answered", "questions"],
        [[title, right, given, f"{count:,}"] for count, title, right, given in found[:MOST_CONFUSED]],
        ["network", "right", "answered", "questions"], [[title, right, given, count] for count, title, right, given
                                                        in found],
    )  # fmt: skip
