"""Figure 4: what the scenes of each kind look like."""

from __future__ import annotations

from matplotlib.figure import Figure

from pan.figures.explanation import show
from pan.report.digits.results import Results
from pan.report.style import drawing

COUNT, CELL = 6, 1.15


def data_figure(results: Results) -> Figure:
    """The first scenes of each kind, each with a question and its answer."""
    kinds = results.kinds
    with drawing(CELL * COUNT + 0.25, (CELL + 0.22) * len(kinds)) as figure:
        figure.set_layout_engine("constrained")
        axes = figure.subplots(len(kinds), COUNT, squeeze=False)
        for each in axes.flat:
            each.axis("off")
        for kind, row in zip(kinds, axes, strict=True):
            result = results.of_kind(kind)[0]
            questions, task = result.questions, result.checkpoint.task
            for rows, cell in zip(questions.rows, row, strict=False):
                cell.axis("on")
                show(cell, questions.images[questions.image[rows[0]]])
                cell.set_xlabel(f"{task.queries[questions.query[rows[0]]]}: {task.answers[questions.answer[rows[0]]]}",
                                labelpad=2)  # fmt: skip
            row[0].set_ylabel(kind.upper(), fontsize=8)
    return figure
