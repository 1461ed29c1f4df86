"""The tables and figures of the report on a user's set."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure

from pan.figures.palette import distinct_colour
from pan.report.own.results import OwnResults
from pan.report.style import Picture, drawing
from pan.report.table import DASH, Cell, Table, percent

WIDTH, LINE = 4.8, 0.2  # inches
MOST_QUERIES = 40
MOST_CONFUSED = 20
"""Largest number of listed confusions; `pan evaluate --json` has all."""


def own_tables(results: OwnResults) -> Iterator[Table]:
    """The tables in their order; the one over scale only if scales are known."""
    yield _network_table(results)
    yield _query_table(results)
    if any(result.evaluation.accuracy_by_scale for result in results.all):
        yield _scale_table(results)
    yield _confusion_table(results)


def _network_table(results: OwnResults) -> Table:
    rows, records = [], []
    for result in results.all:
        measured = result.evaluation
        low, high = measured.accuracy_interval
        attended: tuple[float | None, ...] = (measured.tpr_accumulated, measured.pxap, measured.coverage)
        by_layer = " > ".join(percent(share, 0) for share in measured.tpr_by_layer or ()) or DASH
        rows.append([result.title, percent(measured.accuracy, 1), f"{percent(low, 1)} to {percent(high, 1)}", by_layer,
                     *(percent(share, 1) for share in attended)])  # fmt: skip
        records.append([result.checkpoint.name, measured.accuracy, low, high, *attended])
    return Table(
        "networks", "Right answers, and attention on the queried objects, %",
        ["network", "right", "95 % interval", "TPR by layer", "TPR", "PxAP", "coverage"], rows,
        ["network", "accuracy", "low", "high", "tpr", "pxap", "coverage"], records,
    )  # fmt: skip


def _query_table(results: OwnResults) -> Table:
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


def _scale_table(results: OwnResults) -> Table:
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


def _confusion_table(results: OwnResults) -> Table:
    found = []
    for result in results.all:
        confusion = result.evaluation.confusion
        if confusion is not None:
            found += [(int(count), result.title, confusion.words[right], confusion.words[given])
                      for right, row in enumerate(confusion.counts) for given, count in enumerate(row)
                      if right != given and count]  # fmt: skip
    found.sort(key=lambda each: -each[0])
    return Table(
        "confusions", "The most frequent confusions", ["network", "right", "answered", "questions"],
        [[title, right, given, f"{count:,}"] for count, title, right, given in found[:MOST_CONFUSED]],
        ["network", "right", "answered", "questions"], [[title, right, given, count] for count, title, right, given
                                                        in found],
    )  # fmt: skip


def own_pictures(results: OwnResults) -> Iterator[tuple[Picture, Figure]]:
    """The figures in their order; the one of attention only if a network has attention and masks are known."""
    yield Picture(
        "by-query", "Right answers by query",
        f"The line is the better guessing baseline, {100 * results.guesses.level:.0f} %. If there are many queries, "
        "those with the most questions are shown.",
    ), _query_figure(results)  # fmt: skip
    if any(result.evaluation.tpr_by_layer for result in results.all):
        yield Picture(
            "layers", "Attention layer by layer",
            "Solid: share of the accumulated attention on the queried object (TPR); dashed: pixel average precision "
            "(PxAP).",
        ), _layer_figure(results)  # fmt: skip


def _colours(results: OwnResults) -> list[str]:
    colours: list[str] = []
    for result in results.all:
        colours.append(distinct_colour(result.checkpoint.recipe.model, colours))
    return colours


def _query_figure(results: OwnResults) -> Figure:
    shares = [result.by_query() for result in results.all]
    counts = {word: len(right) for own in shares for word, right in own.items()}
    words = sorted(sorted(counts, key=lambda word: -counts[word])[:MOST_QUERIES], reverse=True)
    with drawing(WIDTH, LINE * len(words) * (1 + len(shares) / 3) + 0.8) as figure:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        height = 0.8 / len(shares)
        for number, (result, own, colour) in enumerate(zip(results.all, shares, _colours(results), strict=True)):
            means = [100 * own[word].mean() if word in own else np.nan for word in words]
            places = np.arange(len(words)) + 0.4 - height * (number + 0.5)
            axes.barh(places, means, height, color=colour, label=result.title)
        axes.set_yticks(np.arange(len(words)), words)
        axes.axvline(100 * results.guesses.level, color="black", linewidth=0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("right, %")
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(loc="outside upper center", ncols=3, frameon=False)
    return figure


def _layer_figure(results: OwnResults) -> Figure:
    with drawing(WIDTH, 2.4) as figure:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        for result, colour in zip(results.all, _colours(results), strict=True):
            measured = result.evaluation
            for by_layer, line in ((measured.tpr_by_layer, "-"), (measured.pxap_by_layer, "--")):
                layers = np.arange(len(by_layer or ())) - len(by_layer or ())  # aligned at the last layer
                shares = [np.nan if share is None else 100 * share for share in by_layer or ()]
                axes.plot(layers, shares, line, marker="o", markersize=3, linewidth=1.2, color=colour,
                          label=result.title if line == "-" else None)  # fmt: skip
        deepest = max(len(result.evaluation.tpr_by_layer or ()) for result in results.all)
        axes.set_xticks(np.arange(deepest) - deepest, ["last" if back == 1 else f"{back - 1} before"
                                                      for back in range(deepest, 0, -1)])  # fmt: skip
        axes.set_ylim(0, 100)
        axes.set_ylabel("on the object, %")
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(loc="outside upper center", ncols=3, frameon=False)
    return figure
