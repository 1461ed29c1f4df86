"""`pan evaluate`: measures checkpoints on a set with one right answer to a question, or with several.

JSON has the same keys for both (`pan.evaluation.results.Evaluation`). `mean_average_precision`,
`mean_average_precision_11` and `average_precision_by_answer` are null for sets with one answer, `confusion` and
`accuracy_by_scale` for sets with several.
"""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import torch

from pan.checkpoints.file import Checkpoint, load_checkpoint
from pan.cli.outputs import check_json_output, check_output, set_files
from pan.cli.progress import ProgressBar
from pan.cli.terminal import note, percent, say, table, write_json
from pan.data.check import guesses_on
from pan.data.guesses import Guesses
from pan.data.labelled.index import is_labelled, join_words, read_labelled_index
from pan.data.opening import image_size
from pan.data.parts import Part, evaluated_part, named_part
from pan.data.questions import Questions
from pan.data.reference.index import read_index
from pan.data.sources import check_answers, read_part
from pan.evaluation.answer_table import PREDICTIONS
from pan.evaluation.coco_results import HALF, WrittenQuestion, check_attention, coco_results
from pan.evaluation.evaluate import evaluate
from pan.evaluation.results import Evaluation
from pan.recipes.task import Task
from pan.system.device import choose_device
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.steps import counted


def run(arguments: Namespace) -> None:
    """Evaluate the checkpoints in the given order; print a table or JSON."""
    data: Path = arguments.data
    predictions: Path | None = arguments.predictions
    coco: Path | None = arguments.coco
    inputs = set_files(data)
    for option, path in (("--predictions", predictions), ("--coco", coco)):
        if path is not None:
            if len(arguments.checkpoints) > 1:
                raise InputError(f"{option} is for one checkpoint; evaluate the others by separate commands.")
            check_output(path, inputs)
    check_json_output(arguments.json, inputs)
    part = evaluated_part(data) if arguments.split is None else named_part(data, arguments.split)
    device = choose_device(arguments.device)
    checkpoints = [load_checkpoint(name) for name in arguments.checkpoints]
    labelled = is_labelled(part.folder)
    for checkpoint in checkpoints:
        check_answers(part.folder, checkpoint.name, checkpoint.task)
        if coco is not None:
            check_attention(checkpoint)
    sets: dict[Task, Questions] = {}  # networks with the same words share a set
    evaluations = _evaluate_all(checkpoints, part, sets, device)
    if part != Part(data):
        note(f"evaluated: {part.description}, {evaluations[0].examples:,} questions")
    if predictions is not None:
        asked_rows = _labelled_rows(part) if labelled else _rows(part)
        _write_predictions(predictions, asked_rows, checkpoints[0].task, evaluations[0])
    if coco is not None:
        best = evaluations[0].iou_threshold  # None for a set without masks
        _write_coco(coco, checkpoints[0], sets[checkpoints[0].task], part, HALF if best is None else best,
                    device)  # fmt: skip
    if arguments.json is not None:
        write_json(arguments.json, [each.to_json() for each in evaluations])
    else:
        say(_summary(evaluations))
        say(_guessing(guesses_on(data, part)))


def _evaluate_all(
    checkpoints: Sequence[Checkpoint], part: Part, sets: dict[Task, Questions], device: torch.device
) -> list[Evaluation]:
    evaluations = []
    with closing(ProgressBar()) as progress:
        for checkpoint in checkpoints:
            if checkpoint.task not in sets:
                reading = read_part(part, checkpoint.task, checkpoint.recipe.hardware.workers, part.name or "all")
                sets[checkpoint.task] = progress.run(reading)
            questions = sets[checkpoint.task]
            work = evaluate(checkpoint, questions, str(part.folder), device)
            evaluations.append(progress.run(counted(work, checkpoint.name, len(questions))))
    return evaluations


class Asked(NamedTuple):
    """A row of an index: its line number, and the first three cells of `PREDICTIONS`."""

    line: int
    cells: tuple[str, str, str]


def _rows(part: Part) -> list[Asked]:
    return [Asked(row.line, (row.name, row.query, row.answer)) for row in read_index(*part)]


def _labelled_rows(part: Part) -> list[Asked]:
    rows = read_labelled_index(*part)
    return [Asked(row.line, (row.name, row.query, join_words(row.answers))) for row in rows]


def _write_predictions(path: Path, rows: Sequence[Asked], task: Task, evaluation: Evaluation) -> None:
    """Write a row for each evaluated row of the index, in the same order."""
    answered = zip(rows, evaluation.predicted, evaluation.probability, strict=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(PREDICTIONS)
    for row, predicted, probability in sorted(answered, key=lambda each: each[0].line):
        writer.writerow([*row.cells, task.answers[predicted], f"{probability:.6f}"])
    write_whole(path, lambda beside: beside.write_text(text.getvalue(), encoding="utf-8", newline=""))


def _write_coco(path: Path, checkpoint: Checkpoint, questions: Questions, part: Part, threshold: float,
                device: torch.device) -> None:  # fmt: skip
    rows = read_labelled_index(*part) if checkpoint.task.several else read_index(*part)
    sizes = {name: image_size(part.folder / name) for name in dict.fromkeys(row.name for row in rows)}
    written = [WrittenQuestion(row.name, row.query, sizes[row.name]) for row in rows]
    with closing(ProgressBar()) as progress:
        work = coco_results(checkpoint, questions, written, part.folder, device, threshold)
        results = progress.run(counted(work, f"{checkpoint.name} attention", len(written)))
    write_json(str(path), results)


def _guessing(levels: Guesses) -> str:
    return (f"guessing baselines: {percent(levels.image_blind)} % without the image, by each query's most frequent "
            f"answer; at most {percent(levels.query_blind)} % without the query, by each image's")  # fmt: skip


def _summary(evaluations: Sequence[Evaluation]) -> str:
    header = ["checkpoint", "right %", "95 %", "by layer %", "on target %", "accumulated by layer %", "questions", "s"]
    several = evaluations[0].mean_average_precision is not None
    ranked = ["mAP %", "11 points %"] if several else []
    return table([header[0], *ranked, *header[1:]], [_row(each, several=several) for each in evaluations])


def _row(evaluation: Evaluation, *, several: bool) -> list[str]:
    low, high = evaluation.accuracy_interval
    means = [evaluation.mean_average_precision, evaluation.mean_average_precision_11] if several else []
    return [
        evaluation.checkpoint,
        *map(percent, means),
        percent(evaluation.accuracy),
        f"{percent(low)} to {percent(high)}",
        " ".join(map(percent, evaluation.accuracy_by_layer or [None])),
        percent(evaluation.tpr),
        " > ".join(map(percent, evaluation.tpr_by_layer or [None])),
        f"{evaluation.examples:,}",
        f"{evaluation.seconds:.1f}",
    ]
