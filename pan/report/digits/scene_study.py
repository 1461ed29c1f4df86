"""The study over the number of scenes: whether the paper's networks lacked images or questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from pan.figures.palette import model_colour, model_title
from pan.recipes.paper_numbers import PAPER_ACCURACY
from pan.report.digits.numbers import Numbers, of_study
from pan.report.style import MARKERS, drawing, handle
from pan.report.table import Cell, Table, with_interval
from pan.studies import Record
from pan.studies.reproduction import SCENES
from pan.studies.trial import COMPARED

KIND = "mdist"
AUTHORS_SCENES = 4_270

ByScenes = Mapping[str, Mapping[int, Numbers]]
"""For each network, what it came to with so many scenes, the fewest first."""


def by_scenes(records: Sequence[Record]) -> ByScenes:
    """The study's trainings, and those of the study `authors` that had as many questions; none without the study."""
    own = of_study(records, "scenes")
    budgets = {each.recipe.optimization.questions for each in own}
    beside = [each for each in of_study(records, "authors")
              if each.kind == KIND and each.recipe.optimization.questions in budgets]  # fmt: skip
    found: dict[str, dict[int, Numbers]] = {}
    for each in (*beside, *own):
        found.setdefault(each.model, {})[each.recipe.data.scenes] = each
    return {model: dict(sorted(found[model].items())) for model in COMPARED if model in found}


def scene_table(measured: ByScenes) -> Table | None:
    """Accuracy by network and number of scenes; None without the study."""
    if not measured:
        return None
    counts = sorted({count for each in measured.values() for count in each} | {*SCENES})
    rows, records = [], []
    for model, found in measured.items():
        shares = {count: numbers.share("accuracy") for count, numbers in found.items()}
        rows.append([model_title(model), *(with_interval(*shares.get(count, (None, None))) for count in counts)])
        records += [_record(model, count, numbers) for count, numbers in found.items()]
    budgets = " and ".join(f"{count:,}" for count in _budgets(measured))
    return Table(
        "scenes", f"MDIST by the authors' regime, {budgets} questions each: right answers by number of scenes, %",
        ["network", *(f"{count:,}" for count in counts)], rows,
        ["model", "scenes", "questions", "accuracy", "low", "high", "tpr", "pxap"], records,
    )  # fmt: skip


def scene_figure(measured: ByScenes) -> Figure:
    """Accuracy over the number of scenes; hollow, the paper's with its 4,270."""
    with drawing(4.2, 2.6) as figure:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        for model, found in measured.items():
            shares = [numbers.share("accuracy") for numbers in found.values()]
            accuracy = np.array([share for share, _ in shares], float)
            low, high = np.array([interval or (share, share) for share, interval in shares], float).T
            look: dict[str, Any] = {"color": model_colour(model), "marker": MARKERS[model], "markersize": 4.0}
            axes.errorbar(list(found), 100 * accuracy, 100 * np.maximum([accuracy - low, high - accuracy], 0),
                          linewidth=1.2, elinewidth=0.7, capsize=1.5, capthick=0.7, **look)  # fmt: skip
            axes.plot([AUTHORS_SCENES], [PAPER_ACCURACY[f"{KIND}/{model}"]], markerfacecolor="none", linestyle="",
                      **look)  # fmt: skip
        axes.set_xscale("log")
        axes.set_xticks(SCENES, [f"{count:,}" for count in SCENES])
        axes.minorticks_off()
        axes.set_xlabel("training scenes")
        axes.set_ylabel("right answers, %")
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", linewidth=0.3, alpha=0.6)
        figure.legend(handles=[handle(model) for model in measured], loc="outside upper center",
                      ncols=len(measured), frameon=False)  # fmt: skip
    return figure


def _budgets(measured: ByScenes) -> list[int]:
    return sorted({numbers.recipe.optimization.questions for found in measured.values() for numbers in found.values()})


def _record(model: str, count: int, numbers: Numbers) -> list[Cell]:
    share, interval = numbers.share("accuracy")
    low, high = interval or (None, None)
    return [model, count, numbers.recipe.optimization.questions, share, low, high, numbers.values.get("tpr"),
            numbers.values.get("pxap")]  # fmt: skip
