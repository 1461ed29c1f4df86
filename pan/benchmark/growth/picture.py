"""The figure of time and memory over the size of a set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from pan.benchmark.growth.measuring import KINDS, STEPS, Cost

COLOURS = {"checked": "#999999", "decoded": "#0072B2", "opened": "#56B4E9", "san": "#E69F00", "pan-ctx": "#D55E00"}


def draw_growth(costs: Sequence[Cost], path: Path) -> None:
    """Seconds above and memory below, a column for each kind of set."""
    figure = Figure(figsize=(10, 5.5), layout="constrained")
    kinds = [kind for kind in KINDS if any(cost.kind == kind for cost in costs)]
    axes = figure.subplots(2, len(kinds), sharex=True, sharey="row", squeeze=False)
    for kind, (seconds, memory) in zip(kinds, axes.T, strict=True):
        for step, title in STEPS.items():
            own = [cost for cost in costs if (cost.kind, cost.step) == (kind, step)]
            own.sort(key=lambda cost: cost.questions)
            questions, colour = [cost.questions for cost in own], COLOURS[step]
            seconds.loglog(questions, [cost.seconds for cost in own], "o-", color=colour, label=title, markersize=4)
            if step not in ("decoded", "opened"):  # their command's memory is that of the network's row
                memory.semilogx(questions, [cost.memory for cost in own], "o-", color=colour, markersize=4)
        seconds.set_title(KINDS[kind].title.replace(", ", "\n"), fontsize=9)
        memory.set_xlabel("questions")
        memory.set_ylim(bottom=0)
        for each in (seconds, memory):
            each.grid(visible=True, linewidth=0.4, alpha=0.5)
            each.spines[["top", "right"]].set_visible(False)
    axes[0, 0].set_ylabel("seconds")
    axes[1, 0].set_ylabel("memory, MB")
    axes[0, 0].legend(fontsize=7, frameon=False)
    figure.savefig(path, dpi=120)
