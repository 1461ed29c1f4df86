"""`pan evaluate`: checkpoints measured on a reference set."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pan.checkpoint import Checkpoint, load_checkpoint
from pan.cli.terminal import STANDARD_OUTPUT, Progress, check_output, percent, say, table, write_json
from pan.data.questions import QuestionSet
from pan.data.reference_set import INDEX, read_index, read_reference_set
from pan.device import choose_device, choose_precision
from pan.errors import InputError
from pan.evaluation import Evaluation, evaluate
from pan.files import write_whole
from pan.tasks import Task

COLUMNS = ("image", "query", "answer", "predicted", "probability")


def run(arguments: Namespace) -> None:
    """Measure each checkpoint in turn; a table, or JSON in the order given."""
    predictions: Path | None = arguments.predictions
    if predictions is not None:
        if len(arguments.checkpoints) > 1:
            raise InputError("--predictions is for one checkpoint; evaluate the others by commands of their own.")
        check_output(predictions)
    if arguments.json not in (None, STANDARD_OUTPUT):
        check_output(Path(arguments.json))
    folder = _part(arguments.data, arguments.split)
    checkpoints = [load_checkpoint(name) for name in arguments.checkpoints]
    evaluations = _evaluate_all(checkpoints, folder)
    if predictions is not None:
        _write_predictions(predictions, folder, checkpoints[0].task, evaluations[0])
    if arguments.json is not None:
        write_json(arguments.json, [each.to_json() for each in evaluations])
    else:
        say(_summary(evaluations))


def _part(data: Path, split: str | None) -> Path:
    """The set itself, or the part of that name where a folder holds several."""
    if split is None or (data / INDEX).is_file():
        return data
    if not (data / split).is_dir():
        raise InputError(f"{data} has no part {split}: it holds neither an {INDEX} nor a folder {split}.")
    return data / split


def _evaluate_all(checkpoints: Sequence[Checkpoint], folder: Path) -> list[Evaluation]:
    device = choose_device()
    precision = choose_precision("auto", device)
    sets: dict[Task, QuestionSet] = {}  # networks with the same words share a set
    evaluations = []
    with closing(Progress()) as progress:
        for checkpoint in checkpoints:
            if checkpoint.task not in sets:
                sets[checkpoint.task] = read_reference_set(folder, checkpoint.task)
            questions = sets[checkpoint.task]
            work = evaluate(checkpoint, questions, str(folder), device, precision)
            evaluations.append(progress.follow(checkpoint.name, work, len(questions)))
    return evaluations


def _write_predictions(path: Path, folder: Path, task: Task, evaluation: Evaluation) -> None:
    """A row for every row of the index, in its order."""
    rows = read_index(folder)
    answered = zip(rows, evaluation.predicted, evaluation.probability, strict=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, predicted, probability in sorted(answered, key=lambda each: each[0].line):
        writer.writerow([row.name, row.query, row.answer, task.answers[predicted], f"{probability:.6f}"])
    write_whole(path, lambda beside: beside.write_text(text.getvalue(), encoding="utf-8", newline=""))


def _summary(evaluations: Sequence[Evaluation]) -> str:
    header = ["checkpoint", "right %", "95 %", "by layer %", "on target %", "accumulated by layer %", "questions", "s"]
    return table(header, [_row(each) for each in evaluations])


def _row(evaluation: Evaluation) -> list[str]:
    low, high = evaluation.accuracy_interval
    return [
        evaluation.checkpoint,
        percent(evaluation.accuracy),
        f"{percent(low)} to {percent(high)}",
        " ".join(map(percent, evaluation.accuracy_by_layer or [None])),
        percent(evaluation.tpr),
        " > ".join(map(percent, evaluation.tpr_by_layer or [None])),
        f"{evaluation.examples:,}",
        f"{evaluation.seconds:.1f}",
    ]
