"""The studies in the report: tables of ablation, seeds and number of scenes, and a plot over the number of scenes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import mean, stdev
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from pan.figures.palette import model_colour, model_title
from pan.recipes.paper_numbers import PAPER_ACCURACY
from pan.report.digits.numbers import Numbers, of_study
from pan.report.style import MARKERS, drawing, handle
from pan.report.table import Cell, Table, percent, with_interval
from pan.studies import Record
from pan.studies.ablation import ABLATION_KINDS, BASE, STARTED_OTHERWISE, VARIANTS
from pan.studies.reproduction import SCENES
from pan.studies.trial import COMPARED

KIND = "mdist"
AUTHORS_SCENES = 4_270

STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
"""97.5 % quantiles of Student's t for 1 to 9 degrees of freedom: intervals over 2 to 10 seeds."""

SEED_MEASURES = {"accuracy": "right", "tpr": "TPR, last map", "tpr_accumulated": "TPR, all maps"}

ByScenes = Mapping[str, Mapping[int, Numbers]]
"""Numbers by network and number of scenes, fewest first."""


def ablation_table(records: Sequence[Record]) -> Table | None:
    """Accuracy and accumulated TPR of each network for each variant; None without the study."""
    known = {STARTED_OTHERWISE, *(variant.name for variant in VARIANTS)}
    chosen = {(each.recipe.kind, each.recipe.model, each.variant): each for each in records
              if each.study == "ablation" and each.recipe.kind in ABLATION_KINDS and each.variant in known}  # fmt: skip
    if not chosen:
        return None
    kinds = [kind for kind in ABLATION_KINDS if any(key[0] == kind for key in chosen)]
    budgets = sorted({each.recipe.optimization.questions for each in chosen.values()})
    titles = {variant.name: variant.says for variant in VARIANTS} | {STARTED_OTHERWISE: _started(kinds)}
    present = [name for name in titles if any(key[2] == name for key in chosen)]
    rows: list[list[str]] = []
    rows += [
        [titles[name], *(_cell(chosen.get((kind, model, name))) for kind in kinds for model in COMPARED)]
        for name in present
    ]
    scenes = sorted({int(each.test["scenes"]) for each in chosen.values()})
    return Table(
        "ablation",
        f"Ablation: right answers, % · accumulated TPR, %; each training {_range(budgets)} questions, "
        f"each measured on {_range(scenes)} test scenes",
        ["changed", *[model_title(model) for _ in kinds for model in COMPARED]], rows,
        ["data", "model", "variant", "accuracy", "low", "high", "tpr", "tpr_accumulated", "tpr_by_layer",
         "open_target", "open_others", "open_elsewhere", "questions", "seconds"],
        [_record(each) for each in chosen.values()],
        groups=[("", 1), *((kind.upper(), len(COMPARED)) for kind in kinds)],
        apart=[1] if present[0] == BASE else [],
    )  # fmt: skip


def seed_table(records: Sequence[Record]) -> Table | None:
    """Each network's measures by seed, with mean and 95 % interval; None without the study."""
    chosen = [each for each in records if each.study == "seeds"]
    if not chosen:
        return None
    seeds = sorted({each.recipe.seed for each in chosen})
    rows: list[list[str]] = []
    table: list[list[Cell]] = []
    for model in COMPARED:
        for key, title in SEED_MEASURES.items():
            by_seed = {each.recipe.seed: each.evaluation[key] for each in chosen if each.recipe.model == model}
            values = [value for value in by_seed.values() if value is not None]
            if not values:
                continue
            middle, reach = mean(values), over_seeds(values)
            spread = "" if reach is None else f" ± {percent(reach)}"
            rows.append([f"{model_title(model)}: {title}", *(percent(by_seed.get(seed)) for seed in seeds),
                         f"{percent(middle)}{spread}"])  # fmt: skip
            table.append([model, key, len(values), middle, reach])
    scenes = sorted({int(each.test["scenes"]) for each in chosen})
    budgets = sorted({each.recipe.optimization.questions for each in chosen})
    return Table(
        "seeds",
        f"MREF over seeds, %: mean and its 95 % interval (Student's t); {_range(budgets)} questions trained, "
        f"{_range(scenes)} test scenes",
        ["", *[f"seed {seed}" for seed in seeds], "mean"], rows,
        ["model", "measure", "seeds", "mean", "reach"], table,
    )  # fmt: skip


def over_seeds(values: Sequence[float]) -> float | None:
    """Half of the 95 % interval of a mean over independent trainings; None for a single training."""
    if len(values) < 2:
        return None
    quantile = STUDENT[min(len(values) - 1, len(STUDENT)) - 1]
    return quantile * stdev(values) / math.sqrt(len(values))


def _started(kinds: Sequence[str]) -> str:
    parts = {"mref": "MREF from a trained SAN (SAN: HAN)", "mbg": "MBG from nothing"}
    return f"started otherwise: {', '.join(parts[kind] for kind in kinds)}"


def _cell(record: Record | None) -> str:
    """`98.4 · 71.1`."""
    if record is None:
        return ""
    return f"{percent(record.evaluation['accuracy'], 1)} · {percent(record.evaluation['tpr_accumulated'], 1)}"


def _record(each: Record) -> list[Cell]:
    measured = each.evaluation
    low, high = measured["accuracy_interval"]
    gates = (measured["open_by_layer"] or [])[:-1]
    opened = [" ".join(percent(gate[region], 1) for gate in gates) for region in ("target", "others", "elsewhere")]
    layers = " ".join(percent(share, 1) for share in measured["tpr_by_layer"] or [])
    recipe = each.recipe
    return [recipe.kind, recipe.model, each.variant, measured["accuracy"], low, high, measured["tpr"],
            measured["tpr_accumulated"], layers, *opened, recipe.optimization.questions, each.seconds]  # fmt: skip


def _range(numbers: Sequence[int]) -> str:
    return f"{numbers[0]:,}" if len(numbers) == 1 else f"{numbers[0]:,} to {numbers[-1]:,}"


def by_scenes(records: Sequence[Record]) -> ByScenes:
    """The trainings of the study, and those of the study `authors` with the same number of questions."""
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
        records += [_scene_record(model, count, numbers) for count, numbers in found.items()]
    budgets = " and ".join(f"{count:,}" for count in _budgets(measured))
    return Table(
        "scenes", f"MDIST by the authors' regime, {budgets} questions each: right answers by number of scenes, %",
        ["network", *(f"{count:,}" for count in counts)], rows,
        ["model", "scenes", "questions", "accuracy", "low", "high", "tpr", "pxap"], records,
    )  # fmt: skip


def scene_figure(measured: ByScenes) -> Figure:
    """Accuracy over the number of scenes; hollow marks are the paper's accuracies."""
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


def _scene_record(model: str, count: int, numbers: Numbers) -> list[Cell]:
    share, interval = numbers.share("accuracy")
    low, high = interval or (None, None)
    return [model, count, numbers.recipe.optimization.questions, share, low, high, numbers.values.get("tpr"),
            numbers.values.get("pxap")]  # fmt: skip
