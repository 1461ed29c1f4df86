"""Right answers by query and attention by layer as pictures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure

from pan.figures.palette import distinct_colour
from pan.report.own.results import OwnResults
from pan.report.style import Picture, drawing

WIDTH, LINE = 4.8, 0.2  # inches
MOST_QUERIES = 40


def own_pictures(results: OwnResults) -> Iterator[tuple[Picture, Figure]]:
    """The pictures in their order; none of attention where no network attends to known objects."""
    yield Picture(
        "by-query", "Right answers by query",
        f"The line is what the better guess reaches, {100 * results.guesses.level:.0f} %. Of many queries those with "
        "the most questions are shown.",
    ), _queries(results)  # fmt: skip
    if any(result.evaluation.tpr_by_layer for result in results.all):
        yield Picture(
            "layers", "Attention layer by layer",
            "Drawn through: share of the accumulated attention on the queried object (TPR); dashed: pixel average "
            "precision (PxAP).",
        ), _layers(results)  # fmt: skip


def _colours(results: OwnResults) -> list[str]:
    colours: list[str] = []
    for result in results.all:
        colours.append(distinct_colour(result.checkpoint.recipe.model, colours))
    return colours


def _queries(results: OwnResults) -> Figure:
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


def _layers(results: OwnResults) -> Figure:
    with drawing(WIDTH, 2.4) as figure:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        for result, colour in zip(results.all, _colours(results), strict=True):
            told = result.evaluation
            for by_layer, line in ((told.tpr_by_layer, "-"), (told.pxap_by_layer, "--")):
                layers = np.arange(len(by_layer or ())) - len(by_layer or ())  # the last layers stand together
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
